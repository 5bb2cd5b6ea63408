#include "gateway/api/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace heyan::api {

double RateLimit::filled(const Bucket& bucket, Clock::time_point now) const {
  const std::chrono::duration<double> passed = now - bucket.at;
  return std::min(rate_.burst, bucket.tokens + passed.count() * rate_.per_second);
}

RateLimit::Bucket& RateLimit::bucket_of(const std::string& who, Clock::time_point now) {
  if (const auto found = buckets_.find(who); found != buckets_.end()) return found->second;
  if (buckets_.size() >= most_buckets_) {
    std::erase_if(buckets_,
                  [&](const auto& entry) { return filled(entry.second, now) >= rate_.burst; });
  }
  const std::string& name = buckets_.size() >= most_buckets_ ? std::string() : who;
  return buckets_.try_emplace(name, Bucket{.tokens = rate_.burst, .at = now}).first->second;
}

std::optional<std::chrono::seconds> RateLimit::take(const std::string& who, Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  Bucket& bucket = bucket_of(who, now);
  bucket.tokens = filled(bucket, now);
  bucket.at = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::nullopt;
  }
  const double wait = std::ceil((1 - bucket.tokens) / rate_.per_second);
  return std::chrono::seconds(static_cast<std::int64_t>(std::clamp(wait, 1.0, 3600.0)));
}

}  // namespace heyan::api
