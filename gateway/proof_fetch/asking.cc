#include "gateway/proof_fetch/asking.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>

#include "gateway/ipc/frame_limits.h"
#include "heyan/v1/gateway.pb.h"
#include "verifier/core/text.h"

namespace heyan::proof_fetch {
namespace {

using core::ErrorCode;

constexpr std::chrono::seconds kGrace{15};  // starting, and resolving the name

struct Words {
  ErrorCode code;
  std::string what;
  std::string remedy;
};

Words words_of(const v1::EgressFailure& failure, const ops::Destination& to) {
  switch (failure.fault()) {
    case v1::EGRESS_FAULT_FILES:
      return {ErrorCode::kIo, "ca, certificate or key of this server cannot be used",
              "Check the files that its entry names: PEM, the key without password."};
    case v1::EGRESS_FAULT_NAME:
      return {ErrorCode::kIo, "the host has no address", "Check the url and the name server."};
    case v1::EGRESS_FAULT_ADDRESS_FORBIDDEN:
      return {ErrorCode::kUnsupported,
              fmt::format("the host is at {}, which is no public address",
                          core::visible(failure.address(), 64)),
              "If the server really is there, add it to addresses = [\"…\"] of its entry."};
    case v1::EGRESS_FAULT_CONNECTION:
      return {
          ErrorCode::kIo, "no connection, or it was lost before the answer was complete",
          "Check host and port, whether the server runs, and whether it wants a client certificate "
          "(certificate, key); then try again."};
    case v1::EGRESS_FAULT_TLS:
      return {ErrorCode::kIo, "no TLS connection comes about",
              "TLS 1.2 or 1.3 is needed; the server may want a client certificate of another CA "
              "(certificate, key), or speak SM2 TLS, which needs a TLS proxy before it."};
    case v1::EGRESS_FAULT_CERTIFICATE:
      return {ErrorCode::kIo, "the server's certificate is not believed",
              fmt::format("It must be of the ca of its entry, in force, and for the name {} "
                          "(tls_name, where it has another).",
                          to.tls_name.empty() ? to.host : to.tls_name)};
    case v1::EGRESS_FAULT_TIME:
      return {ErrorCode::kIo, fmt::format("no complete answer within {} s", to.seconds),
              "Try again later, or raise seconds of its entry."};
    case v1::EGRESS_FAULT_SIZE:
      return {ErrorCode::kLimit, "the answer is longer than an answer may be",
              "Is this the interface that its entry says?"};
    case v1::EGRESS_FAULT_REDIRECT:
      return {ErrorCode::kUnsupported,
              "the server points to another place, which is never followed",
              "Write the server's own address in url."};
    case v1::EGRESS_FAULT_HTTP_STATUS:
      return {ErrorCode::kIo,
              fmt::format("the server answers with HTTP status {}", failure.number()),
              "Check port and path of the url, and whether this client is let in."};
    case v1::EGRESS_FAULT_GRPC_STATUS:
      return {ErrorCode::kIo, fmt::format("the node answers with gRPC status {}", failure.number()),
              "Check that the port is the node's RPC port."};
    case v1::EGRESS_FAULT_REFUSED:
      return {ErrorCode::kIo, "the authority gives no time stamp",
              "Try again later; the policy of its entry may be one that it does not have."};
    case v1::EGRESS_FAULT_STAMP:
      return {
          ErrorCode::kMalformed,
          fmt::format("its time stamp is not good for what was asked ({})",
                      core::visible(fmt::format("{}", fmt::join(failure.reasons(), ", ")), 500)),
          "Check authorities and policy of its entry, and the clock of this machine."};
    case v1::EGRESS_FAULT_PROTOCOL:
      return {ErrorCode::kMalformed,
              "what answers there does not speak the protocol that is needed",
              "Check the port, and the kind of server that its entry says."};
    default:
      return {ErrorCode::kInternal, "the egress process does not know the server",
              "Was the file changed meanwhile? Try again."};
  }
}

Refusal refusal(Words words, const ops::Destination& to) {
  return {.code = words.code,
          .what = fmt::format("{}: {}", ops::url_of(to), words.what),
          .defects = {},
          .remedy = std::move(words.remedy)};
}

Refusal own_fault(const ops::Destination& to) {
  return refusal({ErrorCode::kInternal, "heyan-egress does not work",
                  "It must lie beside heyan, of the same version; see `heyan selftest`."},
                 to);
}

}  // namespace

OrRefusal<std::unique_ptr<Egress>> Egress::start(const std::filesystem::path& program,
                                                 const std::filesystem::path& nodes_file,
                                                 const ops::Node& node) {
  return start(program, nodes_file, node, "--asker", node.ledger);
}

OrRefusal<std::unique_ptr<Egress>> Egress::start(const std::filesystem::path& program,
                                                 const std::filesystem::path& nodes_file,
                                                 const ops::Tsa& tsa) {
  return start(program, nodes_file, tsa, "--stamps", {});
}

OrRefusal<std::unique_ptr<Egress>> Egress::start(const std::filesystem::path& program,
                                                 const std::filesystem::path& nodes_file,
                                                 const ops::Destination& to,
                                                 const std::string& channel,
                                                 const std::string& ledger) {
  auto pair = ipc::make_pair();
  if (!pair) return std::unexpected(own_fault(to));
  supervisor::Child child{.name = "egress",
                          .words = {program.string(), "--nodes", nodes_file.string()},
                          .ends = {{channel, pair->b.get()}}};
  if (!supervisor::start(child)) return std::unexpected(own_fault(to));
  return std::unique_ptr<Egress>(new Egress(
      to, ledger, ipc::Channel(std::move(pair->a), ipc::kEgressFrameBytes), std::move(child)));
}

Egress::Egress(const ops::Destination& to, std::string ledger, ipc::Channel channel,
               supervisor::Child child)
    : to_(to), ledger_(std::move(ledger)), channel_(std::move(channel)), child_(std::move(child)) {}

Egress::~Egress() {
  channel_.close();
  ::kill(child_.pid, SIGKILL);  // it holds nothing that could be lost
  while (::waitpid(child_.pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

template <class Answer, class Question>
OrRefusal<Answer> Egress::exchange(ipc::MessageType asks, const Question& question,
                                   ipc::MessageType answers) {
  const ipc::Deadline deadline = ipc::within(std::chrono::seconds(to_.seconds) + kGrace);
  if (!channel_.send(asks, question, -1, deadline)) return std::unexpected(own_fault(to_));
  auto gets = channel_.receive<Answer>(answers, deadline);
  if (!gets) {
    v1::EgressFailure late;
    late.set_fault(v1::EGRESS_FAULT_TIME);
    const bool in_time = gets.error().code != ErrorCode::kIo;
    return std::unexpected(in_time ? own_fault(to_) : refusal(words_of(late, to_), to_));
  }
  if (gets->has_failure()) return std::unexpected(refusal(words_of(gets->failure(), to_), to_));
  return *std::move(gets);
}

OrRefusal<core::Bytes> Egress::ask(core::ByteView question) {
  v1::EgressAsk ask;
  ask.set_ledger(ledger_);
  ask.set_body(core::to_string(question));
  HEYAN_TRY(const auto gets, exchange<v1::EgressGets>(ipc::MessageType::kEgressAsk, ask,
                                                      ipc::MessageType::kEgressGets));
  return core::to_bytes(std::string_view(gets.body()));
}

OrRefusal<core::Bytes> Egress::stamp(core::ByteView sha256) {
  v1::StampAsk ask;
  ask.set_sha256(core::to_string(sha256));
  HEYAN_TRY(const auto gets, exchange<v1::StampGets>(ipc::MessageType::kStampAsk, ask,
                                                     ipc::MessageType::kStampGets));
  return core::to_bytes(std::string_view(gets.token()));
}

}  // namespace heyan::proof_fetch
