// By which rules and with which program.
#include <fmt/format.h>

#include "verifier/core/bytes.h"
#include "verifier/report/payload.h"
#include "verifier/report/section_list.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

Line identity(const Draft& draft, const v1::TrustIdentity& value, const std::string& digest) {
  return Line(draft)
      .text(fmt::format("{} {} · SHA-256 ", visible_or_dash(value.id()), value.version()))
      .code(hex(digest));
}

}  // namespace

Section method_section(const Draft& draft) {
  const v1::Report& report = draft.report();
  const v1::Bindings& bindings = report.bindings();
  Fields fields;
  const auto add = [&](Label name, const Line& value) {
    fields.fields.push_back(field(draft, name, value));
  };
  add(Label::kTrustList, identity(draft, report.trust(), bindings.trust_list()));
  add(Label::kPolicy, identity(draft, report.policy(), bindings.policy()));
  add(Label::kSoftware, Line(draft).text(visible_or_dash(bindings.software_version())));
  add(Label::kPayload, Line(draft).code(core::to_hex(payload_digest(report))));
  add(Label::kRecheck, Line(draft).words(Label::kRecheckText));
  Blocks blocks(draft);
  blocks.heading(2, Label::kBasis).fields(std::move(fields));
  return {.id = "method", .new_page = false, .blocks = blocks.take()};
}

}  // namespace heyan::report
