/// Who may have one of a few connections now: first come, first served; inside db only.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace ballast::db {

class Turns {
public:
    explicit Turns(int places) : free_(places) {}

    /// False when the wait was too long.
    bool take(int timeout_ms) {
        std::unique_lock lock(mutex_);
        const auto mine = next_++;
        waiting_.push_back(mine);
        const bool came = changed_.wait_for(lock, std::chrono::milliseconds(timeout_ms),
                                            [&] { return free_ > 0 && waiting_.front() == mine; });
        std::erase(waiting_, mine);
        if (came) --free_;
        changed_.notify_all();  // the one behind may be next
        return came;
    }
    void give_back() {
        const std::lock_guard lock(mutex_);
        ++free_;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::uint64_t> waiting_;
    std::uint64_t next_ = 0;
    int free_;
};

}  // namespace ballast::db
