#include "court_adapters/china/results.h"

#include "court_adapters/china/defect_words.h"
#include "court_adapters/reasons.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::china {

using core::json::Value;

namespace {

Value words_of(const catalogue::VerdictEntry& entry, catalogue::Language language) {
  Value value;
  value.set("code", entry.code);
  value.set("label", entry.label.in(language));
  value.set("sentence", entry.sentence.in(language));
  return value;
}

Value reasons_in(const v1::ItemReport& item, catalogue::Language language) {
  Value list(Value::Array{});
  for (const catalogue::ReasonEntry* const entry : reasons_of(item)) {
    Value reason;
    reason.set("code", entry->code);
    reason.set("text", entry->reason.in(language));
    reason.set("nextStep", entry->next_step.in(language));
    list.push(std::move(reason));
  }
  return list;
}

}  // namespace

Value remarks_of(std::span<const Remark> remarks) {
  Value list(Value::Array{});
  for (const Remark& one : remarks) {
    Value remark;
    if (!one.item.empty()) remark.set("item", one.item);
    remark.set("code", one.code).set("place", one.pointer).set("detail", one.detail);
    if (const auto* entry = catalogue::remark_by_code(one.code)) {
      remark.set("message", entry->text.zh);
    }
    list.push(std::move(remark));
  }
  return list;
}

Value defects_of(std::span<const Defect> defects) {
  Value list(Value::Array{});
  for (const Defect& one : defects) {
    Value defect;
    defect.set("code", one.code).set("place", one.pointer);
    defect.set("message", chinese_of(one.code)).set("detail", one.detail);
    list.push(std::move(defect));
  }
  return list;
}

Value verdict_of(v1::Verdict verdict, catalogue::Language language) {
  return words_of(catalogue::entry(verdict), language);
}

Value verdict_of(v1::SubmissionVerdict verdict, catalogue::Language language) {
  return words_of(catalogue::entry(verdict), language);
}

Value report_of(const v1::Report& report, std::string_view link, catalogue::Language language) {
  Value value;
  value.set("number", report.number());
  value.set("asOf", core::format_rfc3339(core::from_unix_ms(report.as_of_ms())));
  value.set("verdict", verdict_of(report.verdict(), language));
  value.set("link", link);
  return value;
}

Value items_of(const v1::Report& report, catalogue::Language language) {
  Value list(Value::Array{});
  for (const v1::ItemReport& item : report.evidence()) {
    Value value;
    value.set("number", item.id());
    value.set("declaredName", item.name());
    value.set("verdict", verdict_of(item.verdict(), language));
    value.set("statuteEffect", catalogue::entry(item.verdict()).statute_effect.in(language));
    value.set("reasons", reasons_in(item, language));
    list.push(std::move(value));
  }
  return list;
}

}  // namespace heyan::court_adapters::china
