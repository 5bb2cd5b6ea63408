// Checkpoints to the witnesses of the configuration, at their addresses and at no other.
//
// Threat: the asker, which is the front, may have been taken over. It names a witness and brings
// the body of a request; what the witness answers, 16 KiB at most, is handed on and believed by
// nobody before the signer looked at it. One thread.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/egress/transport.h"
#include "gateway/ipc/channel.h"
#include "gateway/ops/log_witness.h"

namespace heyan::egress {

// By the name of the witness' key; one whose files cannot be read has none. Read before the sandbox
// is entered.
using WitnessFiles = std::map<std::string, TlsFiles, std::less<>>;
WitnessFiles read_witness_files(const std::vector<ops::LogWitness>& witnesses);

// 0: the asker is gone. 1: it said what it must not.
// `log`: the name of the report log, of which a witness may be asked what it keeps.
int serve_witnesses(const std::vector<ops::LogWitness>& witnesses, std::string_view log,
                    const WitnessFiles& files, ipc::Channel asker);

}  // namespace heyan::egress
