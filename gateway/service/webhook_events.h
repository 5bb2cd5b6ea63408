// What court systems are told when a submission ended: that, and where to look; nothing of its
// content, nobody's name (docs/webhooks.md). Any thread.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>

#include "gateway/store/submission.h"

namespace heyan::service {

// A job that ended with a report, or was refused.
struct Ended {
  const store::Job& job;
  const store::FinishedJob* report = nullptr;
  std::string_view refusal;  // a stable word, where there is no report
};

class WebhookEvents {
 public:
  // `accounts`: those that are told.
  WebhookEvents(std::set<std::string> accounts, std::function<std::int64_t()> now_ms)
      : accounts_(std::move(accounts)), now_ms_(std::move(now_ms)) {}

  // Nothing where its account is told of nothing. kIo: no random bytes for its id.
  core::Result<std::optional<store::NewDelivery>> tell(const Ended& ended) const;

 private:
  std::set<std::string> accounts_;
  std::function<std::int64_t()> now_ms_;
};

}  // namespace heyan::service
