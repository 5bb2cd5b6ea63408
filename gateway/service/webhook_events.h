// What court systems are told when a submission ended: that, and where to look; nothing of its
// content, nobody's name (docs/webhooks.md). Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "gateway/store/submission.h"

namespace heyan::service {

// The content type of a delivery whose bytes are made when it is sent: the answer of the adapter
// that its body names (gateway/service/courts.h).
inline constexpr std::string_view kOwnAnswer = "heyan/own-answer";

// A job that ended with a report, or was refused.
struct Ended {
  const store::Job& job;
  const store::FinishedJob* report = nullptr;
  std::string_view refusal;  // a stable word, where there is no report
};

// The version that a delivery calls rejected; nothing where it tells anything else, or is made when
// it is sent.
std::optional<std::uint32_t> version_rejected(const store::Delivery& delivery);

class WebhookEvents {
 public:
  // `accounts`: those that are told, and whether by the answer of their own system where the
  // submission came as its message.
  WebhookEvents(std::map<std::string, bool> accounts, std::function<std::int64_t()> now_ms)
      : accounts_(std::move(accounts)), now_ms_(std::move(now_ms)) {}

  // Nothing where its account is told of nothing. kIo: no random bytes for its id.
  core::Result<std::optional<store::NewDelivery>> tell(const Ended& ended) const;

 private:
  std::map<std::string, bool> accounts_;
  std::function<std::int64_t()> now_ms_;
};

}  // namespace heyan::service
