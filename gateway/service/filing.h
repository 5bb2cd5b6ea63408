// What is kept of a filing to list it and to find it by; and what somebody looks for.
//
// Threat: names and numbers are an attacker's, and are shown in lists: nothing invisible stays in
// them. What is found is what the court itself holds (security decision 30). Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/service/content_index.h"
#include "gateway/store/filing.h"
#include "heyan/v1/submission.pb.h"

namespace heyan::service {

// As a box read it. `index` may be null: then it is not found by records or fingerprints.
store::Filing filing_of(const v1::Submission& submission, const std::string& court,
                        const ContentIndex* index);

// Any of: a part of a case number or of a party's name; whole, the id of a submission or of a
// record, a report's number, a fingerprint in hexadecimal digits. In these courts. `asked` is not
// empty.
store::Sought sought_of(std::string_view asked, const std::vector<std::string>& courts,
                        const ContentIndex& index);

}  // namespace heyan::service
