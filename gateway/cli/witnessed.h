// Who else signed the log that a report stands in: what `--log` names, and whether it is enough.
//
//   log.vkey        the log's key alone: nobody else's signature is looked for
//   a tlog-policy   one log, its witnesses and their quorum (verifier/transparency/policy.h): from
//                   24 hours after a report was signed its log proof must bear so many of them
//
// A witness's line stands where nothing is signed, so anybody may have put it there: one that does
// not hold is not counted, and says nothing against the report.
//
// Threat: who holds the log's key and the report's could show one reader a log that nobody else
// sees; witnesses cosign one history only (security decision 17). Pure but for read_log.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "gateway/cli/signed_report.h"
#include "gateway/cli/trouble.h"
#include "verifier/transparency/policy.h"

namespace heyan::cli {

// Fills `log` and `log_policy` of the issuer; leaves both where the path is empty.
std::expected<void, Trouble> read_log(const std::filesystem::path& path, Issuer& issuer);

struct Witnessed {
  enum class Outcome : std::uint8_t {
    kNotAsked,  // no policy
    kEnough,
    kNotYet,  // too few, and the report is younger than 24 hours
    kTooFew,  // 24 hours have passed
  };
  Outcome outcome = Outcome::kNotAsked;
  bool discounted = false;  // some witness's signature does not verify, or stands twice
  transparency::PolicyCount count;
};

// `log_proof`: of a report whose proof holds by the issuer's log key. `signed_at`: as the issuer
// says; a time that is yet to come is as good as none.
Witnessed count_witnesses(std::string_view log_proof, const Issuer& issuer, core::UtcTime signed_at,
                          crypto::SignatureChecker& checker);

// A line; empty where nobody asked.
std::string describe(const Witnessed& witnessed, catalogue::Language language);

}  // namespace heyan::cli
