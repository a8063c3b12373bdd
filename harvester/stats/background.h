// A second thread that consumes what the first one makes, so that both work at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace harvester::stats {

// Hands pieces of work on in the order in which they came. What came as the only piece is consumed by the
// caller's own thread: short work starts none.
template <class T>
class Background {
  public:
    // `consume` must not throw; it may change the piece, whose memory is used again.
    explicit Background(std::function<void(T&)> consume) : consume_(std::move(consume)) {}
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;
    // Without finish(): pieces that wait are dropped.
    ~Background() {
        {
            const std::lock_guard lock(mutex_);
            waiting_.clear();
        }
        end_thread();
    }

    // Takes what `made` holds and leaves in its place a piece consumed before, or an empty one. Waits while
    // the consumer is behind.
    void give(T& made) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.size() < most_waiting; });
        waiting_.push_back(std::exchange(made, T{}));
        if (!used_.empty()) {
            made = std::move(used_.back());
            used_.pop_back();
        }
        if (waiting_.size() == most_waiting && !thread_.joinable()) thread_ = std::thread([this] { work(); });
        lock.unlock();
        changed_.notify_all();
    }

    // Returns when all that was given is consumed. To be called once, after the last give().
    void finish() {
        end_thread();
        for (T& piece : waiting_) consume_(piece);
        waiting_.clear();
    }

  private:
    // Enough for both to be busy while pieces differ, and few enough to stay in the processor's cache.
    static constexpr std::size_t most_waiting = 2;

    void work() {
        std::unique_lock lock(mutex_);
        while (true) {
            changed_.wait(lock, [&] { return ended_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            T piece = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            changed_.notify_all();
            consume_(piece);
            lock.lock();
            used_.push_back(std::move(piece));
        }
    }

    void end_thread() {
        if (!thread_.joinable()) return;
        {
            const std::lock_guard lock(mutex_);
            ended_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    std::function<void(T&)> consume_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<T> waiting_;
    std::vector<T> used_;
    bool ended_ = false;
    std::thread thread_;
};

}  // namespace harvester::stats
