// Copies of one signed report: the same payload and signatures, and beside them as many of its
// personal fields as the reader of the copy may see.
//
//   {"heyan-disclosures": [disclosure, ...], "heyan-log-proof": ..., "payload": ..., ...}
//
// Disclosures (verifier/disclosure.h) stand in the order of the payload's commitments, each once;
// the member is left out where there are none. So every copy has the same payload digest, and a
// larger copy becomes a smaller one without anybody's key.
// Threat: a copy comes from anybody; what does not open its commitment is refused, never shown.
// Source: RFC 9901 4 and 8.1 (disclosures beside a JWS in JSON). Pure, any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/core/error.h"
#include "verifier/core/json.h"
#include "verifier/core/limits.h"
#include "verifier/disclosure.h"

namespace heyan::report {

inline constexpr std::string_view kDisclosuresMember = "heyan-disclosures";

// The members of an envelope; nothing where the bytes are no object, or hold what no envelope does
// (numbers, truth values, null) and no canonical form could be written of.
std::optional<core::json::Value> read_members(core::ByteView envelope, const core::Limits& limits);

// A personal field that a payload commits to.
struct PersonalField {
  std::string pointer;
  core::Bytes commitment;
  // Party.id of the one whose field it is; empty where the report does not say, and then only the
  // court's copy discloses it. Of the submitter: the party with the submitter's role, where it is
  // the only one; of an item: its party, or the submitter's.
  std::string owner;
};

// In the order of the payload. Empty where it commits to nothing, or is no report of ours.
std::vector<PersonalField> personal_fields(const core::json::Value& payload);

enum class DisclosureFault : std::uint8_t {
  kNone,
  kForm,     // not a list of disclosures in their one spelling
  kOrder,    // one stands twice, or not in the payload's order
  kUnknown,  // of a place to which the payload has no commitment
  kDiffers,  // another value, place or salt than the payload commits to
};
// "none" "form" "order" "unknown" "differs"
std::string_view name(DisclosureFault fault);

struct Disclosed {
  DisclosureFault fault = DisclosureFault::kNone;
  std::vector<Disclosure> disclosures;  // none where there is a fault
};
// `member`: kDisclosuresMember of an envelope.
Disclosed read_disclosures(const core::json::Value& member,
                           std::span<const PersonalField> personal);

// The readers that have a name; any other text is a Party.id of the report.
inline constexpr std::string_view kCourt = "court";        // sees everything
inline constexpr std::string_view kParty = "party";        // the party that submitted
inline constexpr std::string_view kOpponent = "opponent";  // the defendant to its plaintiff, ...

// Those of `disclosures` that `reader` may see and that open what `payload` commits to, in its
// order. kNotFound: the report has no such party, or several on that side, so that one must be
// named by its id.
core::Result<std::vector<Disclosure>> disclosures_for(std::string_view reader,
                                                      const core::json::Value& payload,
                                                      std::span<const Disclosure> disclosures);

// The copy of `envelope` with the disclosures for `reader`; those that it has already are dropped.
// Errors as above; kMalformed: not an envelope of a report.
core::Result<std::string> make_copy(core::ByteView envelope,
                                    std::span<const Disclosure> disclosures,
                                    std::string_view reader, const core::Limits& limits = {});

}  // namespace heyan::report
