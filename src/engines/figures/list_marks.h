/// The marks that number a list: 一是 二是, 一、 二、, （一） （二）, 第一， 第二，.
#pragma once

#include "figures/check_prose.h"

namespace ballast::figures {

/// They must run on from one, and to the number that the sentence before them names.
void check_marks(const Prose& prose, Findings& out);

}  // namespace ballast::figures
