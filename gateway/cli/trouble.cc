#include "gateway/cli/trouble.h"

#include <fmt/format.h>

#include "verifier/core/text.h"

namespace heyan::cli {

ExitStatus status_of(const core::Error& error) {
  switch (error.code) {
    case core::ErrorCode::kIo:
      return ExitStatus::kInputOutput;
    case core::ErrorCode::kInternal:
      return ExitStatus::kInternal;
    default:
      return ExitStatus::kMalformed;
  }
}

Trouble trouble_of(const core::Error& error, std::string_view subject, std::string_view remedy) {
  std::string what = fmt::format("{}: {}", core::visible(subject, 1000), error.text);
  if (error.offset != 0) what += fmt::format(" (at byte {})", error.offset);
  return {.status = status_of(error),
          .what = std::move(what),
          .defects = {},
          .remedy = std::string(remedy)};
}

Trouble trouble_of_named(const core::Error& error, std::string_view path, std::string_view remedy) {
  Trouble trouble = trouble_of(error, path, remedy);
  if (error.code == core::ErrorCode::kNotFound) trouble.status = ExitStatus::kInputOutput;
  return trouble;
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
