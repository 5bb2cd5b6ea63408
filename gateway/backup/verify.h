// Is a backup whole, and do the reports in it stand in the log in it?
//
// Every file is measured again; the published log is audited as anybody would; each report must
// bear the signatures of the certificates in the backup, stand in the log where its signatures say,
// and be the one that the front would give out, of the same case record; every file that a receipt
// names must be there, and the case record of every report that was signed; where the front had not
// taken it up yet, it is named apart.
// Nothing is written. One thread.
#pragma once

#include "gateway/backup/manifest.h"

namespace heyan::backup {

struct Finding {
  // "missing" "differs" "unlisted": a file. "log-…": of log_audit::Finding. "file-lacking": a
  // receipt names it, or one that does needs it. "file-sealed": it does not open.
  // "report-signature" "report-log" "report-front": of a report's number.
  std::string word;
  std::string about;
};

inline constexpr std::size_t kMostFindings = 1000;  // kept; all are counted

struct Verified {
  Description description;
  std::uint64_t reports = 0;
  std::uint64_t encrypted = 0;  // files of the vault
  std::uint64_t in_bucket = 0;  // files that are not here; whether they are there nobody looked
  bool opened = false;          // and their content was checked
  std::vector<Finding> findings;
  std::uint64_t finding_count = 0;
  // Case records of reports that were signed, and that the front had not taken up yet, by name:
  // backups of earlier versions never had them. Nothing that was promised to anybody by then is
  // wanting, so the backup holds and is restored; those submissions wait for their records.
  std::vector<std::string> records_lacking;

  bool holds() const { return finding_count == 0; }
};

struct VerifyRequest {
  std::filesystem::path folder;
  std::filesystem::path vault_key;  // of the vault; empty: what is encrypted is not opened
  core::UtcTime at;
  Advance expect;
  Advance advance;
};

// An error only where there is nothing to look at: no backup, or the disk does not give it.
std::expected<Verified, Refusal> verify(const VerifyRequest& request);

}  // namespace heyan::backup
