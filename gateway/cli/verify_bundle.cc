#include "gateway/cli/verify_bundle.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateway/bundle/check.h"
#include "gateway/cli/bundle_words.h"
#include "gateway/cli/difference_words.h"
#include "gateway/cli/excerpt_words.h"
#include "gateway/cli/report_statement.h"
#include "gateway/cli/seal_words.h"
#include "gateway/cli/stamp_words.h"
#include "gateway/cli/trust_files.h"
#include "gateway/ops/version.h"
#include "verifier/core/json.h"
#include "verifier/crypto/digest.h"

namespace heyan::cli {
namespace {

using catalogue::Language;
using core::json::Value;

// One step of the check: what is said of it, and what it makes of the whole.
struct Step {
  ExitStatus status = ExitStatus::kOk;
  std::string text;
};

Step failed(std::string text) { return {ExitStatus::kInconsistent, std::move(text)}; }

CheckedReport check_report_in(const bundle::Bundle& bundle, const Issuer& issuer,
                              Language language) {
  if (!bundle.envelope.empty()) {
    return check_signed(core::as_bytes(bundle.envelope), issuer, language);
  }
  CheckedReport unsigned_one{.status = ExitStatus::kOpen,
                             .text = nobody_signed(language),
                             .payload = core::to_bytes(bundle.payload)};
  if (const auto statement = read_statement(unsigned_one.payload)) {
    unsigned_one.text += describe(*statement, unsigned_one.payload, language);
  }
  return unsigned_one;
}

// The report once more, sealed; empty: it is not in the bundle.
struct SealedPart {
  SealedFile kind;
  std::string_view name;
  const std::string& file;
  CheckSeal check;
};

Step check_sealed(const SealedPart& part, const bundle::Bundle& bundle, const Issuer& issuer,
                  Language language) {
  if (part.file.empty()) return {};
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits());
  const report::SealVerdict seal = part.check(core::as_bytes(part.file), issuer.keys, checker);
  const auto sentence = [&] {
    return fmt::format("{}: {}", part.name, seal_sentence(part.kind, seal.fault, language));
  };
  switch (seal.fault) {
    case report::SealFault::kNone:
      break;
    case report::SealFault::kIssuerUnknown:
    case report::SealFault::kEnginesDisagree:
      return {ExitStatus::kOpen, sentence()};
    default:
      return failed(sentence());
  }
  if (seal.payload_sha256 != crypto::sha256(core::as_bytes(bundle.payload))) {
    return failed(sealed_of_another_report(part.name, language));
  }
  const std::string stamp = describe_stamp(seal.stamp, Stamped::kSeal, issuer, checker, language);
  return {status_of(seal.stamp),
          sealed_holds(part.name, language) +
              (stamp.empty() ? stamp : fmt::format("{}: {}", part.name, stamp))};
}

core::Result<Value> read_payload(const std::string& text) {
  auto value = core::json::parse(core::as_bytes(text), core::Limits{.json_bytes = text.size()});
  if (!value) return std::unexpected(value.error().error);
  return *std::move(value);
}

// The first member that differs, where no finding does.
std::string first_difference(const Value& before, const Value& now) {
  for (const auto& [name, value] : *before.as_object()) {
    const Value* other = now.find(name);
    if (other == nullptr ||
        core::json::write_canonical(value) != core::json::write_canonical(*other)) {
      return name;
    }
  }
  return {};
}

// What another judgement of the record says differently.
std::string tell_difference(const std::string& before, const std::string& now, Language language) {
  const auto was = read_payload(before);
  const auto is = read_payload(now);
  if (!was || !is || was->as_object() == nullptr) return {};
  const auto difference = report::compare_payloads(*was, *is);
  if (difference && !difference->items.empty()) return to_text(*difference, nullptr, language);
  return differs_in(first_difference(*was, *is), language);
}

Step check_judgement(const bundle::Opened& opened, Language language) {
  const auto again = bundle::rejudge(opened);
  if (!again) return failed(not_judged(again.error(), language));
  if (*again == opened.bundle.payload) return {ExitStatus::kOk, judged_the_same(language)};
  const std::string& version = opened.record.circumstances().software_version();
  const std::string difference = tell_difference(opened.bundle.payload, *again, language);
  // Findings of another version are no proof that this report does not follow from its record.
  if (version != ops::software_version()) {
    return {ExitStatus::kOpen, judged_otherwise_by(version, language) + difference};
  }
  return failed(judged_otherwise(language) + difference);
}

// Of a party's copy: every proof that is there must give what was signed.
Step check_excerpt(const bundle::Opened& opened, Language language) {
  const auto items = bundle::rejudge_excerpt(opened);
  if (!items) return failed(excerpt_not_judged(items.error(), language));
  const bool differs = std::ranges::any_of(*items, [](const bundle::ItemAgain& item) {
    return std::ranges::find(item.attestations, bundle::Again::kDiffers) != item.attestations.end();
  });
  std::string text = describe_again(*items, language);
  if (!differs) return {ExitStatus::kOk, std::move(text)};
  const std::string& version = opened.record.circumstances().software_version();
  if (version != ops::software_version()) {
    return {ExitStatus::kOpen, excerpt_judged_otherwise_by(version, language) + text};
  }
  return failed(excerpt_differs(language) + text);
}

std::expected<Step, Trouble> check_trust(const ReportVerifyOptions& options,
                                         const bundle::Opened& opened) {
  if (options.trust.empty()) return Step{};
  HEYAN_TRY(const LoadedTrust mine, load_trust(options.trust));
  HEYAN_TRY(const LoadedTrust theirs, parse_trust(opened.record.trust_list()));
  if (mine.list.digest == theirs.list.digest) {
    return Step{ExitStatus::kOk, trust_is_yours(options.language)};
  }
  return Step{ExitStatus::kOpen, trust_is_another(options.language)};
}

}  // namespace

std::expected<CheckedReport, Trouble> check_bundle(core::ByteView file,
                                                   const ReportVerifyOptions& options,
                                                   const Issuer& issuer,
                                                   const CheckSeals& check_seals) {
  const Language language = options.language;
  const auto alone = [](std::string text) {
    return CheckedReport{
        .status = ExitStatus::kInconsistent, .text = std::move(text), .payload = {}};
  };
  const auto opened = bundle::open(file);
  if (!opened) return alone(fault_sentence(opened.error(), language));
  CheckedReport report = check_report_in(opened->bundle, issuer, language);
  if (report.status == ExitStatus::kInconsistent) return report;
  if (const auto bond = bundle::check_bonds(*opened, report.payload);
      bond != bundle::Bond::kHolds) {
    return alone(bond_sentence(bond, language));
  }
  HEYAN_TRY(const Step trust, check_trust(options, *opened));
  const bool is_partys = opened->bundle.is_partys();
  const auto sealed = [&](const SealedPart& part) {
    return check_sealed(part, opened->bundle, issuer, language);
  };
  const std::array steps = {
      sealed({SealedFile::kPdf, "report.pdf", opened->bundle.pdf, check_seals.pdf}),
      sealed({SealedFile::kXml, "report.xml", opened->bundle.xml, check_seals.xml}), trust,
      is_partys ? check_excerpt(*opened, language) : check_judgement(*opened, language)};
  std::string text = is_partys ? excerpt_bonds_hold(language) : bonds_hold(language);
  for (const Step& step : steps) {
    if (step.status == ExitStatus::kInconsistent) return alone(step.text);
    text += step.text;
  }
  const std::array statuses = {report.status, steps[0].status, steps[1].status, steps[2].status,
                               steps[3].status};
  return CheckedReport{.status = most_urgent(statuses),
                       .text = text + report.text,
                       .payload = std::move(report.payload),
                       .certificates_until = report.certificates_until};
}

}  // namespace heyan::cli
