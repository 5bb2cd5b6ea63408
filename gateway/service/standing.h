// How a report stands that somebody hands in: is it this installation's, and is it still in force?
//
// Threat: no oracle. Nothing is said of a report to whom does not hold it, and what is said of one
// comes from our own copy, never from what was handed in (security decision 30); nor is the box
// believed that it was handed in: the log tells the digests of reports to anybody. Any thread.
#pragma once

#include <optional>
#include <string>

#include "gateway/service/acceptance.h"

namespace heyan::service {

enum class Doubt : std::uint8_t {
  kNone,
  kNotAReport,     // not the document that signed reports are
  kSignature,      // content, headers, certificates and signatures do not belong together
  kIssuerUnknown,  // it holds together, and other keys signed it
  kNoLogProof,
  kLogProof,      // the proof does not hold
  kTimeStamp,     // it is damaged, or not over these signatures
  kNotIssued,     // signed and logged, and the signer knows nothing of it
  kNotCompleted,  // it could not be checked to the end
};

struct Standing {
  Doubt doubt = Doubt::kNotCompleted;
  // Where there is no doubt:
  std::string number;
  std::string superseded_by;  // empty: by none
  bool withdrawn = false;
  bool record_deleted = false;         // nobody can judge it again
  std::optional<std::string> payload;  // as signed; nothing while it is on its way into the store
};

// kIo: try again later.
core::Result<Standing> find_standing(const Acceptance& with, const StagedPart& document);

// A row is not believed by itself: the signer must know what is in it, under that number (security
// decision 25). kInternal: it is another report, or none of ours; kIo: try again later.
core::Result<void> confirm(SignerClient& signer, const store::Report& stored);

// A proof that a report stands in a log (C2SP tlog-proof). Its index is a place in the log of that
// origin, which is not always this gateway's: after a restore reports stay in the log before.
struct LogProof {
  std::string text;  // empty: the report has none
  std::string log;   // the origin, as the proof's checkpoint names it
};
// The one that the signer gives today, under which more witnesses may have signed; of a report in
// an earlier log, the one that the report has beside its signatures. kIo: try again later.
core::Result<LogProof> log_proof_of(SignerClient& signer, const store::Report& stored);

// What anybody who knows its number may know of a report. The number holds 80 random bits and is
// printed on it. `payload` is ours, as it was signed.
struct PublicReport {
  std::string payload;
  core::Bytes payload_sha256;
  std::string superseded_by;  // empty: by none
  bool withdrawn = false;
  bool record_deleted = false;  // nobody can judge it again
  LogProof log_proof;
};
// Nothing: there is none of that number. The signer is asked as much whether there is one or not.
// kIo: try again later.
core::Result<std::optional<PublicReport>> find_public(const Acceptance& with,
                                                      const std::string& number);

// Withdraws a report of the scope: the signer logs it first; the store's own row follows, and can
// be made again. False: there is no such report. kMalformed: that is no reason; kIo: try again
// later.
core::Result<bool> withdraw(const Acceptance& with, const store::Scope& scope,
                            const std::string& number, const std::string& reason,
                            std::int64_t now_ms);

// The exact bytes that were signed, from a stored envelope. kInternal: it does not read.
core::Result<std::string> payload_of(core::ByteView envelope);

// The signed report with its time stamp, where it has one: as it is handed out.
std::string with_time_stamp(const store::Report& stored);
// The same with the log proof that the signer gives today, under which more witnesses may have
// signed; of a report in an earlier log, its own. kIo: try again later.
core::Result<std::string> as_handed_out(SignerClient& signer, const store::Report& stored);
// What a time stamp of it is over (docs/formats.md): SHA-256 of its signatures' bytes. kInternal:
// it does not read.
core::Result<core::Bytes> digest_to_stamp(core::ByteView envelope);

}  // namespace heyan::service
