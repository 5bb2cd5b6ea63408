// How often somebody may ask, and how many at once: a bucket of tokens for each client or account,
// refilled over time.
//
// Threat: anybody can take many addresses; buckets that are full again are forgotten, and beyond a
// bounded number of others a newcomer shares one. Any thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <semaphore>
#include <string>

namespace heyan::api {

struct Rate {
  double per_second = 1;
  double burst = 10;
};

// Two seconds' worth at once.
constexpr Rate steady_rate(double per_second) {
  return {.per_second = per_second, .burst = 2 * per_second};
}

// Ten seconds' worth at once, and one at least.
constexpr Rate slow_rate(double per_minute) {
  const double per_second = per_minute / 60;
  return {.per_second = per_second, .burst = std::max(1.0, 10 * per_second)};
}

class RateLimit {
 public:
  using Clock = std::chrono::steady_clock;

  explicit RateLimit(Rate rate, std::size_t most_buckets = 100'000)
      : rate_(rate), most_buckets_(most_buckets) {}

  // Takes a token; where there is none, the time until there is one.
  std::optional<std::chrono::seconds> take(const std::string& who, Clock::time_point now);

 private:
  struct Bucket {
    double tokens = 0;
    Clock::time_point at;
  };
  double filled(const Bucket& bucket, Clock::time_point now) const;
  Bucket& bucket_of(const std::string& who, Clock::time_point now);

  Rate rate_;
  std::size_t most_buckets_;
  std::mutex mutex_;
  std::map<std::string, Bucket> buckets_;
};

// How many may do something at once. Any thread.
class Places {
 public:
  explicit Places(std::ptrdiff_t count) : free_(count) {}

  // One of them, or none: given back when it is destroyed.
  class Place {
   public:
    explicit Place(std::counting_semaphore<>& from) : from_(from), taken_(from.try_acquire()) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() {
      if (taken_) from_.release();
    }
    explicit operator bool() const { return taken_; }

   private:
    std::counting_semaphore<>& from_;
    bool taken_;
  };
  Place take() { return Place(free_); }

 private:
  std::counting_semaphore<> free_;
};

}  // namespace heyan::api
