#include "court_adapters/micro_court/answers.h"

#include <algorithm>

#include <fmt/core.h>

#include "court_adapters/china/results.h"
#include "court_adapters/micro_court/filing.h"
#include "schemas/catalogue/catalogue.h"
#include "verifier/core/json.h"
#include "verifier/core/time.h"

namespace heyan::court_adapters::micro_court {
namespace {

using core::json::Value;

constexpr int kSuccess = 200;
constexpr int kStillVerifying = 202;
constexpr int kNeedsSupplement = 422;
constexpr int kNotCompleted = 503;

Answer envelope(int status, int code, std::string message, Value data) {
  Value body;
  body.set("code", code).set("message", std::move(message)).set("data", std::move(data));
  return {status, "application/json; charset=utf-8", core::json::write_canonical(body)};
}

std::string time_text(std::int64_t ms) { return core::format_rfc3339(core::from_unix_ms(ms)); }

// What every answer about a submission of ours begins with.
Value about(const Request& request, const Accepted& accepted, std::string_view status) {
  Value data;
  data.set("status", status);
  data.set("submission", accepted.submission);
  data.set("receivedAt", time_text(accepted.at_ms));
  data.set("remarks", china::remarks_of(accepted.remarks));
  if (const std::string id = filing_id(request); !id.empty()) data.set("layyid", id);
  return data;
}

// The catalogue as it was filed with the verdicts beside it; "" where it was not kept.
std::string catalogue_with_verdicts(const Request& request, const v1::Report& report,
                                    catalogue::Language language) {
  const Part* part = find_part(request.parts, kCataloguePart);
  if (part == nullptr) return {};
  const core::Limits limits;
  const auto bytes = read_all(*part->bytes, limits.json_bytes);
  if (!bytes) return {};
  const auto filed = china::read_catalogue(*bytes, request.received_at_ms, limits);
  if (!filed) return {};
  std::vector<std::string> labels;
  for (const china::CatalogueItem& item : filed->items) {
    const auto found = std::ranges::find(report.evidence(), item.number, &v1::ItemReport::id);
    labels.emplace_back(found != report.evidence().end()
                            ? catalogue::entry(found->verdict()).label.in(language)
                            : std::string_view());
  }
  const std::string_view name = language == catalogue::Language::kChinese ? "核验结论" : "Verdict";
  return china::export_catalogue(*filed, name, labels);
}

}  // namespace

Answer acknowledgement(const Request& request, const Accepted& accepted) {
  Value data = about(request, accepted, "RECEIVED");
  data.set("receipt", accepted.receipt);
  data.set("repeated", accepted.repeated);
  return envelope(kSuccess, kSuccess,
                  accepted.repeated ? "该报文此前已经接收，未重复登记。" : "已经接收，正在核验。",
                  std::move(data));
}

Answer rejection(std::span<const Defect> defects) {
  Value data;
  data.set("status", "NEEDS_SUPPLEMENT").set("defects", china::defects_of(defects));
  return envelope(kNeedsSupplement, kNeedsSupplement,
                  fmt::format("共有{}处需要补正，请一次性补正后重新提交。", defects.size()),
                  std::move(data));
}

Answer result(const Request& request, const Outcome& outcome) {
  if (outcome.failed) {
    return envelope(kSuccess, kNotCompleted, "未能完成核验，与证据本身无关，请重新提交。",
                    about(request, outcome.accepted, "NOT_COMPLETED"));
  }
  if (outcome.report == nullptr) {
    return envelope(kSuccess, kStillVerifying, "正在核验。",
                    about(request, outcome.accepted, "VERIFYING"));
  }
  const v1::Report& report = *outcome.report;
  const auto language =
      outcome.language == "en" ? catalogue::Language::kEnglish : catalogue::Language::kChinese;
  Value data = about(request, outcome.accepted, "REPORTED");
  data.set("report", china::report_of(report, outcome.link, language));
  data.set("items", china::items_of(report, language));
  const std::string table = catalogue_with_verdicts(request, report, language);
  if (!table.empty()) data.set("catalogue", table);
  return envelope(kSuccess, kSuccess, "核验报告已经出具。", std::move(data));
}

}  // namespace heyan::court_adapters::micro_court
