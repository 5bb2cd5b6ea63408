#include "gateway/egress/serve.h"

namespace heyan::egress {
namespace {

class Server {
 public:
  Server(const ops::Nodes& nodes, const Files& files) : nodes_(nodes), files_(files) {}

  v1::EgressGets answer(const v1::EgressAsk& ask) {
    v1::EgressGets gets;
    const ops::Node* node = nodes_.find(ask.ledger());
    const auto files = files_.find(ask.ledger());
    if (node == nullptr) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_UNKNOWN_LEDGER);
    } else if (files == files_.end()) {
      gets.mutable_failure()->set_fault(v1::EGRESS_FAULT_FILES);
    } else {
      auto body = to(*node, files->second).post(core::as_bytes(ask.body()));
      if (body)
        gets.set_body(core::to_string(*body));
      else
        *gets.mutable_failure() = std::move(body).error();
    }
    return gets;
  }

 private:
  Transport& to(const ops::Node& node, const TlsFiles& files) {
    std::unique_ptr<Transport>& transport = transports_[node.ledger];
    if (!transport)
      transport = std::make_unique<Transport>(node, files,
                                              node.is_grpc() ? Protocol::kGrpc : Protocol::kJson);
    return *transport;
  }

  const ops::Nodes& nodes_;
  const Files& files_;
  std::map<std::string, std::unique_ptr<Transport>, std::less<>> transports_;
};

}  // namespace

int serve(const ops::Nodes& nodes, const Files& files, ipc::Channel asker) {
  Server server(nodes, files);
  while (true) {
    const auto ask = asker.receive<v1::EgressAsk>(ipc::MessageType::kEgressAsk);
    if (!ask) return ask.error().code == core::ErrorCode::kNotFound ? 0 : 1;
    if (!asker.send(ipc::MessageType::kEgressGets, server.answer(*ask))) return 0;
  }
}

}  // namespace heyan::egress
