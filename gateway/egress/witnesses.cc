#include "gateway/egress/witnesses.h"

#include <algorithm>

#include "verifier/crypto/digest.h"

namespace heyan::egress {
namespace {

constexpr std::size_t kMostBody = 80u << 10;  // transparency::kAddCheckpointBytes

// The gateway does not serve before each has had its time.
constexpr unsigned kKeptSeconds = 4;

// Below the prefix of the configuration.
ops::Destination beneath(const ops::LogWitness& witness, std::string_view path) {
  ops::Destination to = witness;
  if (!to.path.ends_with('/')) to.path += '/';
  to.path += path;
  return to;
}

// What C2SP tlog-witness has there; and what Heyan's witness gives to anybody who compares
// (gateway/witness/handler.h), which others may not have.
struct Places {
  ops::Destination add;
  ops::Destination kept;
};

class Server {
 public:
  Server(const std::vector<ops::LogWitness>& witnesses, std::string_view log,
         const WitnessFiles& files)
      : files_(files) {
    const std::string kept = core::to_hex(crypto::sha256(core::as_bytes(log))) + "/checkpoint";
    for (const ops::LogWitness& each : witnesses) {
      Places places{beneath(each, "add-checkpoint"), beneath(each, kept)};
      places.kept.seconds = std::min(places.kept.seconds, kKeptSeconds);
      to_.emplace(each.name(), std::move(places));
    }
  }

  v1::WitnessGets answer(const v1::WitnessAsk& ask) {
    v1::WitnessGets gets;
    gets.set_id(ask.id());
    const auto to = to_.find(ask.witness());
    const auto files = files_.find(ask.witness());
    if (to == to_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    } else if (files == files_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_FILES);
    } else if (auto said = say(ask, to->second, files->second)) {
      gets.mutable_said()->set_status(said->status);
      gets.mutable_said()->set_body(core::to_string(said->body));
    } else {
      *gets.mutable_failure() = std::move(said).error();
    }
    return gets;
  }

 private:
  std::expected<Transport::Said, Failure> say(const v1::WitnessAsk& ask, const Places& to,
                                              const TlsFiles& files) {
    if (ask.kept()) return Transport(to.kept, files, Protocol::kKept).ask({});
    return transport(ask.witness(), to.add, files).ask(core::as_bytes(ask.body()));
  }
  Transport& transport(const std::string& name, const ops::Destination& to, const TlsFiles& files) {
    std::unique_ptr<Transport>& transport = transports_[name];
    if (!transport) transport = std::make_unique<Transport>(to, files, Protocol::kWitness);
    return *transport;
  }

  std::map<std::string, Places, std::less<>> to_;
  const WitnessFiles& files_;
  std::map<std::string, std::unique_ptr<Transport>> transports_;
};

}  // namespace

WitnessFiles read_witness_files(const std::vector<ops::LogWitness>& witnesses) {
  WitnessFiles files;
  for (const ops::LogWitness& each : witnesses) {
    if (auto read = read_tls_files(each)) files.emplace(each.name(), *std::move(read));
  }
  return files;
}

int serve_witnesses(const std::vector<ops::LogWitness>& witnesses, std::string_view log,
                    const WitnessFiles& files, ipc::Channel asker) {
  Server server(witnesses, log, files);
  while (true) {
    const auto ask = asker.receive<v1::WitnessAsk>(ipc::MessageType::kWitnessAsk);
    if (!ask) return ask.error().code == core::ErrorCode::kNotFound ? 0 : 1;
    if (ask->body().size() > kMostBody || (ask->kept() && !ask->body().empty())) return 1;
    if (!asker.send(ipc::MessageType::kWitnessGets, server.answer(*ask))) return 0;
  }
}

}  // namespace heyan::egress
