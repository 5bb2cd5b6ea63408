// Whose turn it is, of several that wait for one who serves them one at a time: whose last ended
// first, where turns are reckoned as long as they took (start-time fair queueing). So one whose
// turns take long costs each other that waits one of them at most, and one that did not wait for a
// while has saved up nothing. Pure; one thread.
#pragma once

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace heyan::service {

class Turns {
 public:
  using Time = std::chrono::steady_clock::duration;

  // One of them; there is one at least.
  const std::string& next(const std::vector<std::string>& waiting) const {
    return *std::ranges::min_element(waiting, {}, [this](const std::string& who) {
      const auto known = ended_.find(who);
      return known == ended_.end() ? Time::min() : known->second;
    });
  }

  void took(const std::string& who, Time time) {
    Time& ended = ended_.try_emplace(who, now_).first->second;
    now_ = std::max(ended, now_);
    ended = now_ + time;
  }

 private:
  std::map<std::string, Time> ended_;  // what each had, by the time below
  Time now_{0};                        // of whose turn came last, where that began
};

}  // namespace heyan::service
