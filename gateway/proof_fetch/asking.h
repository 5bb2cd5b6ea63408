// Asking a node through the egress process, which alone has connections to outside.
//
// The asker names no address: the egress process reads its own file (gateway/ops/nodes.h). What
// comes back is the node's and hostile. A Refusal says what to do next and repeats nothing of an
// answer.
#pragma once

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>

#include "gateway/intake/refusal.h"
#include "gateway/ipc/channel.h"
#include "gateway/ops/nodes.h"
#include "gateway/supervisor/child.h"

namespace heyan::proof_fetch {

using intake::Refusal;
template <typename T>
using OrRefusal = std::expected<T, Refusal>;

// One question, one answer: JSON, or a protobuf message of gRPC.
using Ask = std::function<OrRefusal<core::Bytes>(core::ByteView question)>;

class Egress {
 public:
  // `program`: heyan-egress. `nodes_file`: where `node` stands. kInternal where it does not start.
  static OrRefusal<std::unique_ptr<Egress>> start(const std::filesystem::path& program,
                                                  const std::filesystem::path& nodes_file,
                                                  const ops::Node& node);
  ~Egress();  // ends the process
  Egress(const Egress&) = delete;
  Egress& operator=(const Egress&) = delete;

  // Waits a little longer than the node may take.
  OrRefusal<core::Bytes> ask(core::ByteView question);

 private:
  Egress(const ops::Node& node, ipc::Channel channel, supervisor::Child child);
  const ops::Node& node_;
  ipc::Channel channel_;
  supervisor::Child child_;
};

}  // namespace heyan::proof_fetch
