// Asking a node, or an authority for a time stamp, through the egress process, which alone has
// connections to outside.
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
  // Of the [tsa] of that file.
  static OrRefusal<std::unique_ptr<Egress>> start(const std::filesystem::path& program,
                                                  const std::filesystem::path& nodes_file,
                                                  const ops::Tsa& tsa);
  ~Egress();  // ends the process
  Egress(const Egress&) = delete;
  Egress& operator=(const Egress&) = delete;

  // Both wait a little longer than the server may take. Of a node:
  OrRefusal<core::Bytes> ask(core::ByteView question);
  // Of an authority: a token over that digest (ContentInfo, DER), verified against the certificates
  // that the file names.
  OrRefusal<core::Bytes> stamp(core::ByteView sha256);

 private:
  static OrRefusal<std::unique_ptr<Egress>> start(const std::filesystem::path& program,
                                                  const std::filesystem::path& nodes_file,
                                                  const ops::Destination& to,
                                                  const std::string& channel,
                                                  const std::string& ledger);
  Egress(const ops::Destination& to, std::string ledger, ipc::Channel channel,
         supervisor::Child child);
  template <class Answer, class Question>
  OrRefusal<Answer> exchange(ipc::MessageType asks, const Question& question,
                             ipc::MessageType answers);

  const ops::Destination& to_;
  std::string ledger_;
  ipc::Channel channel_;
  supervisor::Child child_;
};

}  // namespace heyan::proof_fetch
