// A report, as far as answers tell of it.
#pragma once

#include "tests/unit/ecf/sending.h"

namespace heyan::court_adapters::ecf {

inline v1::Report report_of(const std::vector<std::string>& items) {
  v1::Report report;
  report.set_number("HY-1");
  report.set_as_of_ms(1'772'446'530'000);
  report.set_verdict(v1::SUBMISSION_VERDICT_ATTENTION_REQUIRED);
  report.mutable_court()->set_code("10");
  report.mutable_court()->set_name("Municipal Court");
  for (const std::string& id : items) {
    v1::ItemReport& item = *report.add_evidence();
    item.set_id(id);
    item.set_verdict(items.front() == id ? v1::VERDICT_CONSISTENT : v1::VERDICT_INCONSISTENT);
    item.mutable_measured()->set_size(5);
    v1::MeasuredDigest& digest = *item.mutable_measured()->add_digests();
    digest.set_algorithm(v1::DIGEST_ALGORITHM_SHA_256);
    digest.set_first(std::string(32, '\x11'));
  }
  return report;
}

// `report` outlives it.
inline Outcome outcome_of(const v1::Report& report, std::string language) {
  Outcome outcome;
  outcome.accepted = {.submission = "sub-1",
                      .at_ms = 1'772'446'530'000,
                      .receipt = "r",
                      .repeated = false,
                      .remarks = {}};
  outcome.language = std::move(language);
  outcome.report = &report;
  outcome.rendition = [](std::string_view form) -> core::Result<std::string> {
    if (form == "pdf" || form == "jws") return "the report as " + std::string(form);
    return core::fail(core::ErrorCode::kUnsupported, "no such form");
  };
  return outcome;
}

}  // namespace heyan::court_adapters::ecf
