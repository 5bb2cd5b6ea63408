#include "gateway/service/webhook_events.h"

#include <utility>

#include "heyan/v1/gateway.pb.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::service {
namespace {

using core::json::Value;

constexpr std::size_t kMostEventBytes = 65'536;
constexpr std::string_view kDone = "submission.done";
constexpr std::string_view kRejected = "submission.rejected";

// Empty where it came as a case.
std::string adapter_of(const store::Job& job) {
  v1::Session session;
  const bool sound = session.ParseFromString(core::to_string(job.session));
  return sound ? session.message().adapter() : std::string();
}

Value data_of(const Ended& ended) {
  Value data;
  data.set("submission", ended.job.submission);
  data.set("version", std::int64_t{ended.job.version});
  data.set("state", name(ended.report != nullptr ? store::State::kDone : store::State::kRejected));
  Value links;
  links.set("submission", "/v1/submissions/" + ended.job.submission);
  if (ended.report != nullptr) {
    data.set("reportNumber", ended.report->report_number);
    data.set("verdict", ended.report->verdict);
    links.set("report", "/v1/reports/" + ended.report->report_number);
  } else {
    data.set("refusal", ended.refusal);
  }
  data.set("links", std::move(links));
  return data;
}

}  // namespace

std::optional<std::uint32_t> version_rejected(const store::Delivery& delivery) {
  if (delivery.content_type == kOwnAnswer) return std::nullopt;
  const auto event = core::json::parse(delivery.body, core::Limits{.json_bytes = kMostEventBytes});
  const Value* const type = event ? event->find("type") : nullptr;
  if (type == nullptr || type->as_string() == nullptr || *type->as_string() != kRejected) {
    return std::nullopt;
  }
  const Value* const data = event->find("data");
  const Value* const version = data != nullptr ? data->find("version") : nullptr;
  const std::int64_t* const number = version != nullptr ? version->as_integer() : nullptr;
  if (number == nullptr || !std::in_range<std::uint32_t>(*number)) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

core::Result<std::optional<store::NewDelivery>> WebhookEvents::tell(const Ended& ended) const {
  const auto account = accounts_.find(ended.job.account);
  if (account == accounts_.end()) return std::nullopt;
  HEYAN_TRY(const std::string id, store::new_submission_id());
  const std::int64_t now_ms = now_ms_();
  const std::string adapter = account->second ? adapter_of(ended.job) : std::string();
  if (!adapter.empty()) {
    return store::NewDelivery{.id = "evt_" + id,
                              .account = ended.job.account,
                              .content_type = std::string(kOwnAnswer),
                              .body = core::to_bytes(core::as_bytes(adapter)),
                              .created_at_ms = now_ms};
  }
  Value event;
  event.set("type", ended.report != nullptr ? kDone : kRejected);
  event.set("timestamp", core::format_rfc3339(core::from_unix_ms(now_ms)));
  event.set("data", data_of(ended));
  return store::NewDelivery{.id = "evt_" + id,
                            .account = ended.job.account,
                            .content_type = "application/json",
                            .body = core::to_bytes(core::json::write_canonical(event)),
                            .created_at_ms = now_ms};
}

}  // namespace heyan::service
