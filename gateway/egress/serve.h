// The loop of the egress process: a question, a call, an answer, until the asker is gone.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "gateway/egress/transport.h"
#include "gateway/ipc/channel.h"
#include "gateway/ops/nodes.h"

namespace heyan::egress {

// What each node's calls need; a node whose files cannot be read has none.
using Files = std::map<std::string, TlsFiles, std::less<>>;  // by ledger

// 0: the asker is gone. 1: it said what it must not.
int serve(const ops::Nodes& nodes, const Files& files, ipc::Channel asker);

}  // namespace heyan::egress
