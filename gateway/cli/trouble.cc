#include "gateway/cli/trouble.h"

#include <fmt/format.h>

#include "verifier/core/text.h"

namespace heyan::cli {

ExitStatus status_of(core::ErrorCode code) {
  switch (code) {
    case core::ErrorCode::kIo:
      return ExitStatus::kInputOutput;
    case core::ErrorCode::kInternal:
      return ExitStatus::kInternal;
    default:
      return ExitStatus::kMalformed;
  }
}

Trouble trouble_of(intake::Refusal refusal) {
  return {.status = status_of(refusal.code),
          .what = std::move(refusal.what),
          .defects = std::move(refusal.defects),
          .remedy = std::move(refusal.remedy)};
}

Trouble trouble_of(const core::Error& error, std::string_view subject, std::string_view remedy) {
  return trouble_of(intake::refusal_of(error, subject, remedy));
}

Trouble trouble_of_named(const core::Error& error, std::string_view path, std::string_view remedy) {
  return trouble_of(intake::refusal_of_named(error, path, remedy));
}

std::string to_text(const Trouble& trouble) {
  std::string text = trouble.what + "\n";
  for (const contents::Defect& defect : trouble.defects) {
    std::string_view where = defect.pointer;
    if (where.empty()) where = "(document)";
    text += fmt::format("  {}: {} [{}]\n", where, defect.detail, defect.code);
  }
  if (!trouble.remedy.empty()) text += trouble.remedy + "\n";
  return text;
}

core::json::Value to_json(const Trouble& trouble, std::string_view case_name) {
  core::json::Value errors(core::json::Value::Array{});
  for (const contents::Defect& defect : trouble.defects) {
    core::json::Value entry;
    entry.set("pointer", defect.pointer).set("code", defect.code).set("detail", defect.detail);
    errors.push(std::move(entry));
  }
  core::json::Value value;
  value.set("schema", "heyan.error.v1")
      .set("case", core::visible(case_name, 1000))
      .set("status", static_cast<std::int64_t>(trouble.status))
      .set("detail", trouble.what)
      .set("errors", std::move(errors));
  return value;
}

}  // namespace heyan::cli
