#include "verifier/report/text_item.h"

#include <fmt/format.h>

#include "verifier/core/text.h"
#include "verifier/core/time.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

void write_file(TextWriter& out, const v1::ItemReport& item) {
  if (!item.name().empty())
    out.line("  " + out.in(label(Label::kName)) + ": " + out.quoted(item.name()));
  out.line(fmt::format("  {}: {} {}", out.in(label(Label::kFile)), item.measured().size(),
                       out.in(label(Label::kBytes))));
  for (const auto& digest : item.measured().digests()) {
    if (digest.first() != digest.second()) continue;
    out.line(fmt::format("    {} {}", digest_label(digest.algorithm()), hex(digest.first())));
  }
}

// Identifiers and numbers that the sentence speaks of, for whoever follows it up.
std::string details(const TextWriter& out, const v1::Finding& finding) {
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    text += fmt::format("{}{}={}", text.empty() ? "" : "; ", name, TextWriter::cited(value));
  };
  if (!finding.subject().institution().empty()) {
    add(out.in(label(Label::kInstitution)), out.institution(finding.subject().institution()));
  }
  for (const auto& param : finding.params()) add(core::visible(param.name(), 40), param.value());
  return text;
}

// An answer that bears on the verdict and has no reason of the catalogue, such as a check that was
// not performed: its question and outcome are all there is to say. False where it does not bear.
bool write_bare_answer(TextWriter& out, const v1::Finding& finding) {
  if (finding.effect() == v1::EFFECT_NONE) return false;
  const auto& check = catalogue::entry(finding.check());
  out.line(fmt::format("  - {} {} [{}]", out.in(check.question),
                       out.in(catalogue::entry(finding.outcome()).label), check.code));
  if (const std::string about = details(out, finding); !about.empty()) {
    out.line(fmt::format("    {}: {}", out.in(label(Label::kAbout)), about));
  }
  return true;
}

void write_reasons(TextWriter& out, const v1::ItemReport& item) {
  out.line("  " + out.in(label(Label::kReasons)) + ":");
  bool any = false;
  for (const auto& finding : item.findings()) {
    if (finding.code() == v1::REASON_NONE) {
      any = write_bare_answer(out, finding) || any;
      continue;
    }
    any = true;
    const auto& reason = catalogue::entry(finding.code());
    out.line(fmt::format("  - {} [{} {}]", out.in(reason.reason), reason.code,
                         catalogue::entry(finding.check()).code));
    if (const std::string about = details(out, finding); !about.empty()) {
      out.line(fmt::format("    {}: {}", out.in(label(Label::kAbout)), about));
    }
    out.line(fmt::format("    {}: {}", out.in(label(Label::kNextStep)), out.in(reason.next_step)));
  }
  if (!any) out.line("  - " + out.in(label(Label::kNoReasons)));
}

void write_record(TextWriter& out, const v1::Attestation& attestation) {
  if (!attestation.has_record()) {
    out.line("    " + out.in(label(Label::kNoRecord)));
    return;
  }
  const v1::LedgerRecord& record = attestation.record();
  const Label kind = is_of_operator(attestation) ? Label::kSignedByDepositor : Label::kRecord;
  out.line(fmt::format("    {}: {}", out.in(label(kind)), out.quoted(record.id())));
  for (const auto& digest : record.digests()) {
    out.line(fmt::format("      {} {}", digest_label(digest.algorithm()), hex(digest.value())));
  }
  const auto told = [&](Label name, const std::string& value) {
    if (value.empty()) return;
    out.line(fmt::format("      {}: {}", out.in(label(name)), out.quoted(value)));
  };
  told(Label::kWho, record.who());
  told(Label::kWhat, record.what());
  told(Label::kWhen, record.when());
  told(Label::kWhere, record.where());
}

void write_position(TextWriter& out, const v1::Position& position) {
  if (!position.has_block()) return;
  std::string line = fmt::format("    {}: {} {}", out.in(label(Label::kPosition)),
                                 out.in(label(Label::kBlock)), position.block());
  if (position.has_transaction()) {
    line += fmt::format(", {} {}", out.in(label(Label::kTransaction)), position.transaction());
  }
  if (!position.transaction_id().empty()) {
    line += fmt::format(" ({})", core::visible(position.transaction_id()));
  }
  out.line(line);
}

void write_witnesses(TextWriter& out, const v1::Attestation& attestation) {
  if (attestation.signatures().empty()) return;
  const Label heading = is_of_operator(attestation) ? Label::kSignatures : Label::kWitnesses;
  out.line("    " + out.in(label(heading)) + ":");
  for (const auto& signature : attestation.signatures()) {
    const std::string who = signature.institution().empty()
                                ? out.in(label(Label::kUnlisted))
                                : out.institution(signature.institution());
    std::string line = fmt::format(
        "    - {} ({}, {}): {}, {}", who, core::visible(signature.signer(), 64),
        out.signer_role(signature.role()), out.in(catalogue::entry(signature.outcome()).label),
        out.in(label(standing_of(signature))));
    if (signature.reason() != v1::REASON_NONE) {
      line += fmt::format(" [{}]", catalogue::entry(signature.reason()).code);
    }
    if (signature.linked_to_party()) line += "; " + out.in(label(Label::kLinkedToParty));
    out.line(line);
  }
  if (is_of_operator(attestation)) return;
  const v1::Quorum& quorum = attestation.quorum();
  out.line("    " + fmt::format(fmt::runtime(out.in(label(Label::kQuorum))), quorum.required(),
                                quorum.valid(), quorum.neutral()));
  if (!attestation.has_record_quorum()) return;
  const v1::Quorum& record = attestation.record_quorum();
  out.line("    " + fmt::format(fmt::runtime(out.in(label(Label::kRecordQuorum))), record.valid(),
                                record.neutral()));
}

// An interval: ends that are not known are left out.
void write_time(TextWriter& out, const v1::TimeInterval& time) {
  if (time.source().empty()) return;
  if (!time.has_not_before_ms() && !time.has_not_after_ms() && !time.has_stated_ms()) return;
  std::string line = time.source() == "declared" ? out.in(label(Label::kTimeDeclared))
                                                 : core::visible(time.source(), 64);
  const auto add = [&](Label name, std::int64_t at_ms) {
    line += fmt::format("; {} {}", out.in(label(name)),
                        core::format_rfc3339(core::from_unix_ms(at_ms)));
  };
  if (time.has_not_before_ms()) add(Label::kNotBefore, time.not_before_ms());
  if (time.has_not_after_ms()) add(Label::kNotAfter, time.not_after_ms());
  if (time.has_stated_ms()) add(Label::kStated, time.stated_ms());
  out.line(fmt::format("    {}: {}", out.in(label(Label::kTime)), line));
}

void write_declared(TextWriter& out, const v1::Attestation& attestation) {
  if (attestation.declared().empty()) return;
  out.line(fmt::format("    {}:", out.in(label(Label::kStatedByOperator))));
  for (const auto& one : attestation.declared()) {
    out.line(fmt::format("      {}: {}", out.declared_name(one.name()), out.quoted(one.value())));
  }
}

void write_attestation(TextWriter& out, const v1::Attestation& attestation, int number) {
  out.line("  " + out.attestation(attestation, number));
  write_position(out, attestation.position());
  write_record(out, attestation);
  write_witnesses(out, attestation);
  write_time(out, attestation.time());
  write_declared(out, attestation);
}

// What was shown and what was not, from the checks that ran: never more.
void write_limits(TextWriter& out, const v1::ItemReport& item) {
  for (const bool passed : {true, false}) {
    out.line(fmt::format("  {}:", out.in(label(passed ? Label::kProves : Label::kDoesNotProve))));
    for (const auto& result : item.checks()) {
      if ((result.outcome() == v1::OUTCOME_PASS) != passed) continue;
      const auto& check = catalogue::entry(result.check());
      std::string line = fmt::format("  - {} {}", check.code, out.in(check.question));
      if (!passed) line += " " + out.in(catalogue::entry(result.outcome()).label);
      out.line(line);
    }
  }
}

}  // namespace

void write_item(TextWriter& out, const v1::ItemReport& item, int number) {
  const auto& verdict = catalogue::entry(item.verdict());
  out.line("");
  out.line(fmt::format("-- {} {}: {} {}", out.in(label(Label::kItem)), number, verdict.symbol,
                       out.in(verdict.label)));
  out.line(fmt::format("  {}: {}", out.in(label(Label::kId)), out.quoted(item.id())));
  write_file(out, item);
  write_reasons(out, item);
  int proof = 0;
  for (const auto& attestation : item.attestations()) {
    write_attestation(out, attestation, ++proof);
  }
  write_limits(out, item);
}

}  // namespace heyan::report
