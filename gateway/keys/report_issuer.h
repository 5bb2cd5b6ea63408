// Whose signatures a gateway's reports bear: what checks them, without a private key.
#pragma once

#include <expected>
#include <filesystem>
#include <span>
#include <string_view>
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
  std::vector<transparency::NoteVerifier> earlier_logs;  // that this one follows
};

// From the certificates and log.vkey in the folder of the gateway's keys; no private key is opened.
// kMalformed, kIo.
std::expected<ReportIssuer, Refusal> load_report_issuer(const std::filesystem::path& folder);

// All that is wrong with the certificates (also those of receipts and statements) and with the
// names of the log and those before it; no private key is opened.
std::vector<Refusal> faults_of_certificates(const std::filesystem::path& folder);

// log.vkey alone.
std::expected<transparency::NoteVerifier, Refusal> load_log_verifier(
    const std::filesystem::path& folder);

// Every log that the folder knows of: those of earlier-logs.vkeys, then log.vkey's. Either file may
// be lacking. kMalformed, kIo.
std::expected<std::vector<transparency::NoteVerifier>, Refusal> load_known_logs(
    const std::filesystem::path& folder);

// A name is a log's for ever: under a name taken again the same key would sign a second history of
// that log. kDuplicate: one of them had that name.
std::expected<void, Refusal> expect_new_name(std::span<const transparency::NoteVerifier> logs,
                                             std::string_view name);
// Of the logs in earlier-logs.vkeys. Also kMalformed, kIo.
std::expected<void, Refusal> expect_no_earlier_name(const std::filesystem::path& folder,
                                                    std::string_view name);

// Adds to earlier-logs.vkeys those that it lacks. kMalformed, kIo.
std::expected<void, Refusal> remember_logs(const std::filesystem::path& folder,
                                           std::span<const transparency::NoteVerifier> logs);

// The log is left, and one of that name follows it: log.vkey names it from now on, and the one
// before is added to earlier-logs.vkeys, so that its reports can still be checked. The key stays.
// Doing it again changes nothing. kMalformed: no name of a log; kDuplicate: as
// expect_no_earlier_name; kIo.
std::expected<void, Refusal> follow_log(const std::filesystem::path& folder,
                                        std::string_view new_name);

}  // namespace heyan::keys
