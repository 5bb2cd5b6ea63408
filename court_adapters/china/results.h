// The parts of answers that say what a report says, as JSON: the catalogue's words, nothing added.
// Pure, any thread.
#pragma once

#include <span>

#include "court_adapters/adapter.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/json.h"

namespace heyan::court_adapters::china {

// [{item, code, place, detail, message}]; `message` in Chinese, where the catalogue has one.
core::json::Value remarks_of(std::span<const Remark> remarks);

// [{code, place, detail, message}], of a message that is refused; `message` in Chinese.
core::json::Value defects_of(std::span<const Defect> defects);

// {code, label, sentence}. Aborts on a verdict that is not set, which no report has.
core::json::Value verdict_of(v1::Verdict verdict, catalogue::Language language);
core::json::Value verdict_of(v1::SubmissionVerdict verdict, catalogue::Language language);

// {number, asOf, verdict, link}, of the whole.
core::json::Value report_of(const v1::Report& report, std::string_view link,
                            catalogue::Language language);

// [{number, declaredName, verdict, statuteEffect, reasons: [{code, text, nextStep}]}], one for each
// item of evidence.
core::json::Value items_of(const v1::Report& report, catalogue::Language language);

}  // namespace heyan::court_adapters::china
