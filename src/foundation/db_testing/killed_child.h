/// For tests: a process that works on a database until it is killed, and what it told before it died.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "base/result.h"
#include "db/db.h"

namespace ballast::db_testing {

[[noreturn]] inline void die() {
    ::kill(::getpid(), SIGKILL);
    std::abort();  // never reached
}

/// Runs `work` in a child of this process, on the database at `address`; `Told` is smaller than a pipe's
/// atomic piece, so that it arrives whole or not at all. The child is killed after that time; when none is
/// given it must die() by itself, and at the latest it does at the end of its work. A child that ends in
/// another way fails the test.
template <class Told>
std::vector<Told> told_until_killed(
    const std::string& address, std::optional<std::chrono::microseconds> after,
    const std::function<Result<void>(db::Database&, const std::function<void(Told)>& tell)>& work) {
    static_assert(std::is_trivially_copyable_v<Told> && sizeof(Told) <= 512);
    int ends[2];
    INVARIANT(::pipe(ends) == 0);
    const pid_t child = ::fork();
    INVARIANT(child >= 0);
    if (child == 0) {
        ::close(ends[0]);
        try {
            auto opened = db::Database::open(address);
            if (!opened) ::_exit(3);
            const auto done = work(**opened, [&](Told one) {
                if (::write(ends[1], &one, sizeof one) != sizeof one) std::abort();
            });
            if (!done) ::_exit(4);
        } catch (...) {
            ::_exit(5);
        }
        die();  // the end of its work is a point too
    }
    ::close(ends[1]);
    if (after) {
        std::this_thread::sleep_for(*after);
        ::kill(child, SIGKILL);
    }
    std::vector<Told> told;
    for (Told one; ::read(ends[0], &one, sizeof one) == sizeof one;) told.push_back(one);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    return told;
}

}  // namespace ballast::db_testing
