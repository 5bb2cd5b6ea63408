// Do the parts of a bundle belong together, and does the record give this report?
//
// Threat: parts of several reports, or a record made to look like that of a signed report. The
// payload names the digests of record, circumstances, trust list and policy (security decision 34);
// whether the payload itself is the one that was signed is asked first. A trust list is not
// believed by lying in a bundle: it must be the one that the payload names. An excerpt is bound by
// no digest but by what it gives (excerpt.h). Pure, any thread.
#pragma once

#include <string>

#include "gateway/bundle/bundle.h"
#include "gateway/bundle/excerpt.h"

namespace heyan::bundle {

enum class Bond : std::uint8_t {
  kHolds,
  kPayload,        // report.json is not what was signed
  kNotAReport,     // the payload is none
  kRecord,         // it names another record, ...
  kCircumstances,  // ... other circumstances,
  kTrustList,      // ... trust list, ...
  kPolicy,         // ... policy, ...
  kTime,           // ... or time
};

// `signed_payload`: of the envelope, once its signatures held; of an unsigned bundle its own.
Bond check_bonds(const Opened& opened, core::ByteView signed_payload);

// The payload that the record gives today. Errors as intake::judge_again. Not of a party's copy.
core::Result<std::string> rejudge(const Opened& opened);

// Of a party's copy whose bonds hold: what its excerpt gives, item by item. Errors as
// judge_excerpt().
core::Result<std::vector<ItemAgain>> rejudge_excerpt(const Opened& opened);

}  // namespace heyan::bundle
