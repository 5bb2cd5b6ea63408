// Whose signatures a gateway's reports bear: what checks them, without a private key.
#pragma once

#include <expected>
#include <filesystem>
#include <vector>

#include "gateway/intake/refusal.h"
#include "verifier/crypto/key.h"
#include "verifier/transparency/note_key.h"

namespace heyan::keys {

using intake::Refusal;

struct ReportIssuer {
  std::vector<crypto::PublicKey> reports;
  crypto::PublicKey seal;      // of PDF files
  crypto::PublicKey xml_seal;  // of XML files
  transparency::NoteVerifier log;
};

// From the certificates and log.vkey in the folder of the gateway's keys; no private key is opened.
// kMalformed, kIo.
std::expected<ReportIssuer, Refusal> load_report_issuer(const std::filesystem::path& folder);

// log.vkey alone.
std::expected<transparency::NoteVerifier, Refusal> load_log_verifier(
    const std::filesystem::path& folder);

}  // namespace heyan::keys
