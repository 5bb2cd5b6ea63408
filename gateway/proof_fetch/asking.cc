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

Words words_of(const v1::EgressFailure& failure, const ops::Node& node) {
  switch (failure.fault()) {
    case v1::EGRESS_FAULT_FILES:
      return {ErrorCode::kIo, "ca, certificate or key of this node cannot be used",
              "Check the files that its entry names: PEM, the key without password."};
    case v1::EGRESS_FAULT_NAME:
      return {ErrorCode::kIo, "the host has no address", "Check the url and the name server."};
    case v1::EGRESS_FAULT_ADDRESS_FORBIDDEN:
      return {ErrorCode::kUnsupported,
              fmt::format("the host is at {}, which is no public address",
                          core::visible(failure.address(), 64)),
              "If the node really is there, add it to addresses = [\"…\"] of its entry."};
    case v1::EGRESS_FAULT_CONNECTION:
      return {
          ErrorCode::kIo, "no connection, or it was lost before the answer was complete",
          "Check host and port, whether the node runs, and whether it wants a client certificate "
          "(certificate, key); then try again."};
    case v1::EGRESS_FAULT_TLS:
      return {ErrorCode::kIo, "no TLS connection comes about",
              "TLS 1.2 or 1.3 is needed; the node may want a client certificate of another CA "
              "(certificate, key), or speak SM2 TLS, which needs a TLS proxy before it."};
    case v1::EGRESS_FAULT_CERTIFICATE:
      return {ErrorCode::kIo, "the node's certificate is not believed",
              fmt::format("It must be of the ca of its entry, in force, and for the name {} "
                          "(tls_name, where it has another).",
                          node.tls_name.empty() ? node.host : node.tls_name)};
    case v1::EGRESS_FAULT_TIME:
      return {ErrorCode::kIo, fmt::format("no complete answer within {} s", node.seconds),
              "Try again later, or raise seconds of its entry."};
    case v1::EGRESS_FAULT_SIZE:
      return {ErrorCode::kLimit, "the answer is longer than an answer may be",
              "Ask another node; is this the interface that its entry says?"};
    case v1::EGRESS_FAULT_REDIRECT:
      return {ErrorCode::kUnsupported, "the node points to another place, which is never followed",
              "Write the node's own address in url."};
    case v1::EGRESS_FAULT_HTTP_STATUS:
      return {ErrorCode::kIo, fmt::format("the node answers with HTTP status {}", failure.number()),
              "Check port and path of the url, and whether this client is let in."};
    case v1::EGRESS_FAULT_GRPC_STATUS:
      return {ErrorCode::kIo, fmt::format("the node answers with gRPC status {}", failure.number()),
              "Check that the port is the node's RPC port."};
    case v1::EGRESS_FAULT_PROTOCOL:
      return {ErrorCode::kMalformed, "what answers there does not speak the node's protocol",
              "Check the port, and the kind of node that its entry says."};
    default:
      return {ErrorCode::kInternal, "the egress process does not know the node",
              "Was the file changed meanwhile? Try again."};
  }
}

Refusal refusal(Words words, const ops::Node& node) {
  return {.code = words.code,
          .what = fmt::format("{}: {}", ops::url_of(node), words.what),
          .defects = {},
          .remedy = std::move(words.remedy)};
}

Refusal own_fault(const ops::Node& node) {
  return refusal({ErrorCode::kInternal, "heyan-egress does not work",
                  "It must lie beside heyan, of the same version; see `heyan selftest`."},
                 node);
}

}  // namespace

OrRefusal<std::unique_ptr<Egress>> Egress::start(const std::filesystem::path& program,
                                                 const std::filesystem::path& nodes_file,
                                                 const ops::Node& node) {
  auto pair = ipc::make_pair();
  if (!pair) return std::unexpected(own_fault(node));
  supervisor::Child child{.name = "egress",
                          .words = {program.string(), "--nodes", nodes_file.string()},
                          .ends = {{"--asker", pair->b.get()}}};
  if (!supervisor::start(child)) return std::unexpected(own_fault(node));
  return std::unique_ptr<Egress>(
      new Egress(node, ipc::Channel(std::move(pair->a), ipc::kEgressFrameBytes), std::move(child)));
}

Egress::Egress(const ops::Node& node, ipc::Channel channel, supervisor::Child child)
    : node_(node), channel_(std::move(channel)), child_(std::move(child)) {}

Egress::~Egress() {
  channel_.close();
  ::kill(child_.pid, SIGKILL);  // it holds nothing that could be lost
  while (::waitpid(child_.pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

OrRefusal<core::Bytes> Egress::ask(core::ByteView question) {
  v1::EgressAsk ask;
  ask.set_ledger(node_.ledger);
  ask.set_body(core::to_string(question));
  const ipc::Deadline deadline = ipc::within(std::chrono::seconds(node_.seconds) + kGrace);
  if (!channel_.send(ipc::MessageType::kEgressAsk, ask, -1, deadline))
    return std::unexpected(own_fault(node_));
  auto gets = channel_.receive<v1::EgressGets>(ipc::MessageType::kEgressGets, deadline);
  if (!gets) {
    v1::EgressFailure late;
    late.set_fault(v1::EGRESS_FAULT_TIME);
    const bool in_time = gets.error().code != ErrorCode::kIo;
    return std::unexpected(in_time ? own_fault(node_) : refusal(words_of(late, node_), node_));
  }
  if (gets->has_body()) return core::to_bytes(std::string_view(gets->body()));
  return std::unexpected(refusal(words_of(gets->failure(), node_), node_));
}

}  // namespace heyan::proof_fetch
