// case.json, strictly, and back: the JSON form of v1::Submission ("heyan.submission.v1").
//
// Threat: the document is an attacker's, and its text is shown to judges. Closed lists of names and
// words; nothing unknown, ambiguous or beyond a limit is accepted; text of the document enters a
// Defect only through core::visible. Pure, any thread.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "heyan/v1/submission.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/json.h"
#include "verifier/core/limits.h"

namespace heyan::contents {

inline constexpr std::string_view kSubmissionSchema = "heyan.submission.v1";

// One thing that is wrong with a case.
struct Defect {
  std::string pointer;  // JSON pointer (RFC 6901) of the place, long names cut
  std::string code;     // stable kebab-case word, one of the list below
  std::string detail;   // English sentence that says what is wrong and what to do
  bool operator==(const Defect&) const = default;
};

// Codes: malformed-json duplicate-name limit wrong-type unknown-name missing-name empty
// unknown-word bad-id duplicate-id unknown-party unsafe-path bad-digest bad-time out-of-range
// control-character duplicate-text wrong-schema too-many-defects.

// More defects than this are not collected; the last one then says so.
inline constexpr std::size_t kMaxDefects = 1'000;

// The submission, or every defect in the order of reading (never an empty list). Where the text is
// not JSON at all, there is one defect.
//
// Required: schema, evidence with at least one item, and per item id and file.path, per proof path.
// Ids (of items, parties, ledgers, institutions): 1 to 128 characters without controls; unique
// among items and among parties; item.party names a party where parties are given. Times: RFC 3339,
// kept in milliseconds. Digests: hex of either case, of the algorithm's length; kept sorted by
// algorithm. Hints are kept sorted by name. Sizes: 0 to 2^53-1. Pages: 1 to 100,000. The cause is a
// line of 1 to 200 characters without controls; relief sought is at most 50 such lines of 1 to
// 1,000 characters, none of them twice. No text whatever has U+0000.
std::expected<v1::Submission, std::vector<Defect>> read_submission(core::ByteView json,
                                                                   const core::Limits& limits);

// The same submission as JSON: fields with nothing in them are left out, so that read_submission of
// the canonical text gives an equal message, and one submission has one digest. Aborts where a word
// has no name in the closed lists; a message from read_submission never does.
core::json::Value write_submission(const v1::Submission& submission);

}  // namespace heyan::contents
