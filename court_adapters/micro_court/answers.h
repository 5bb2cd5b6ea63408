// What the adapter answers, in the platform's envelope {code, message, data}: code 200 is success,
// as there. Texts of results are the report's own, word for word; nothing is added to them.
//
// Pure, any thread.
#pragma once

#include <span>

#include "court_adapters/adapter.h"

namespace heyan::court_adapters::micro_court {

Answer acknowledgement(const Request& request, const Accepted& accepted);
// HTTP 422, data.status NEEDS_SUPPLEMENT and every defect, so that one supplement is enough
// (人民法院在线诉讼规则 article 9).
Answer rejection(std::span<const Defect> defects);
// data.status: VERIFYING, NOT_COMPLETED or REPORTED. With a report: its verdict, that of each item
// and their reasons, and the catalogue with a column of verdicts where it was kept.
Answer result(const Request& request, const Outcome& outcome);

}  // namespace heyan::court_adapters::micro_court
