#include "gateway/egress/stamps.h"

#include <chrono>

#include "verifier/crypto/digest.h"
#include "verifier/crypto/timestamp_query.h"
#include "verifier/timestamps/answer.h"

namespace heyan::egress {
namespace {

Failure failure(v1::EgressFault fault) {
  Failure failed;
  failed.set_fault(fault);
  return failed;
}

Failure failure(const timestamps::NoStamp& none) {
  Failure failed = failure(none.refused ? v1::EGRESS_FAULT_REFUSED : v1::EGRESS_FAULT_STAMP);
  for (const std::string& reason : none.reasons) failed.add_reasons(reason);
  return failed;
}

core::UtcTime now() {
  return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

class Server {
 public:
  Server(const ops::Tsa& tsa, const StampFiles& files)
      : tsa_(tsa),
        transport_(tsa, files.tls, Protocol::kStamp),
        trust_(timestamps::trust_in(files.authorities)) {}

  std::expected<core::Bytes, Failure> stamp(core::ByteView sha256, bool any_time) {
    const auto query = crypto::encode_timestamp_query(crypto::Hash::kSha256, sha256,
                                                      crypto::draw_nonce(), tsa_.policy);
    if (!query) return std::unexpected(failure(v1::EGRESS_FAULT_FILES));
    auto answer = transport_.post(*query);
    if (!answer) return std::unexpected(std::move(answer).error());
    crypto::SignatureChecker checker(crypto::production_engines(), {});
    const std::optional<core::UtcTime> at = any_time ? std::nullopt : std::optional(now());
    auto stamp = timestamps::accept_answer(*answer, *query, trust_, at, checker);
    if (!stamp) return std::unexpected(failure(stamp.error()));
    return std::move(stamp->token);
  }

 private:
  const ops::Tsa& tsa_;
  Transport transport_;
  timestamps::Trust trust_;
};

}  // namespace

core::Result<StampFiles> read_stamp_files(const ops::Tsa& tsa) {
  StampFiles files;
  HEYAN_TRY(files.tls, read_tls_files(tsa));
  HEYAN_TRY(files.authorities, ops::load_authorities(tsa));
  return files;
}

int serve_stamps(const ops::Tsa* tsa, const StampFiles* files, ipc::Channel asker) {
  std::optional<Server> server;
  if (tsa != nullptr && files != nullptr) server.emplace(*tsa, *files);
  while (true) {
    const auto ask = asker.receive<v1::StampAsk>(ipc::MessageType::kStampAsk);
    if (!ask) return ask.error().code == core::ErrorCode::kNotFound ? 0 : 1;
    if (ask->sha256().size() != crypto::digest_bytes(crypto::Hash::kSha256)) return 1;
    v1::StampGets gets;
    gets.set_id(ask->id());
    if (tsa == nullptr) {
      *gets.mutable_failure() = failure(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    } else if (!server) {
      *gets.mutable_failure() = failure(v1::EGRESS_FAULT_FILES);
    } else if (auto token = server->stamp(core::as_bytes(ask->sha256()), ask->any_time())) {
      gets.set_token(core::to_string(*token));
    } else {
      *gets.mutable_failure() = std::move(token).error();
    }
    if (!asker.send(ipc::MessageType::kStampGets, gets)) return 0;
  }
}

}  // namespace heyan::egress
