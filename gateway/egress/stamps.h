// Time stamps over digests, of the authority that the configuration names and of no other.
//
// Threat: the asker may have been taken over: it brings 32 bytes and nothing else. The authority
// and the network are hostile: only what holds for what was asked, by the certificates that the
// configuration names, is handed on (verifier/timestamps/answer.h), of a time near this machine's
// unless the asker compares that itself; of anything else, our own words. One thread.
#pragma once

#include <optional>

#include "gateway/egress/transport.h"
#include "gateway/ipc/channel.h"
#include "gateway/ops/tsa.h"
#include "verifier/crypto/certificate.h"

namespace heyan::egress {

struct StampFiles {
  TlsFiles tls;
  std::vector<crypto::Certificate> authorities;
};
// Read before the sandbox is entered. kNotFound, kIo, kMalformed and others of a reader.
core::Result<StampFiles> read_stamp_files(const ops::Tsa& tsa);

// Null where there is no [tsa], and where its files cannot be read. 0: the asker is gone. 1: it
// said what it must not.
int serve_stamps(const ops::Tsa* tsa, const StampFiles* files, ipc::Channel asker);

}  // namespace heyan::egress
