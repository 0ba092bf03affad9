/// Inside crypto only: libsodium must be made ready before its first use, from any thread.
#pragma once

namespace ballast::crypto {
void ready_sodium();
}
