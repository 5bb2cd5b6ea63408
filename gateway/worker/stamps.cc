#include "gateway/worker/stamps.h"

#include "heyan/v1/gateway.pb.h"
#include "verifier/report/time_stamp.h"

namespace heyan::worker {
namespace {

constexpr std::chrono::seconds kPatience{30};  // the front has less

}  // namespace

std::optional<core::Bytes> Stamps::over(const core::Bytes& sha256) {
  if (front_ == nullptr) return std::nullopt;
  v1::StampAsk ask;
  ask.set_id(++asked_);
  ask.set_sha256(core::to_string(sha256));
  if (!front_->send(ipc::MessageType::kStampAsk, ask, -1, ipc::within(kPatience))) {
    return std::nullopt;
  }
  const auto gets =
      front_->receive<v1::StampGets>(ipc::MessageType::kStampGets, ipc::within(kPatience));
  if (!gets || gets->id() != ask.id() || !gets->has_token()) return std::nullopt;
  core::Bytes token = core::to_bytes(std::string_view(gets->token()));
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const bool holds =
      report::read_time_stamp(token, sha256, checker).outcome == report::StampOutcome::kRead;
  return holds ? std::optional(std::move(token)) : std::nullopt;
}

}  // namespace heyan::worker
