// Full values of every item, and the articles relied on, word for word.
#include <set>

#include "schemas/catalogue/law.h"
#include "verifier/core/text.h"
#include "verifier/report/legal_rows.h"
#include "verifier/report/section_list.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

Table checks(const Draft& draft, const v1::ItemReport& item) {
  Table table = table_of(draft, {Label::kCheck, Label::kQuestion, Label::kResult, Label::kRule});
  for (const auto& result : item.checks()) {
    const auto& check = catalogue::entry(result.check());
    table.rows.push_back({Line(draft).text(check.code).spans(),
                          Line(draft).words(check.question).spans(),
                          Line(draft).words(catalogue::entry(result.outcome()).label).spans(),
                          Line(draft).text(catalogue::cite(check.rule, draft.language())).spans()});
  }
  return table;
}

Spans time_or_dash(const Draft& draft, bool known, std::int64_t at_ms) {
  return Line(draft).text(known ? rfc3339(at_ms) : "-").spans();
}

// Keys and certificates at signing.
Table keys(const Draft& draft, const v1::Attestation& attestation) {
  Table table = table_of(
      draft, {Label::kInstitution, Label::kSigner, Label::kSignerRole, Label::kKeyFingerprint,
              Label::kValidFrom, Label::kValidUntil, Label::kAtSigning});
  for (const auto& signature : attestation.signatures()) {
    Line state = Line(draft).words(catalogue::entry(signature.outcome()).label);
    if (signature.reason() != v1::REASON_NONE) {
      const auto& reason = catalogue::entry(signature.reason());
      state.text(semicolon(draft)).words(reason.reason).tag(reason.code);
    }
    table.rows.push_back(
        {Line(draft)
             .text(signature.institution().empty() ? draft.in(Label::kUnlisted)
                                                   : draft.institution(signature.institution()))
             .spans(),
         Line(draft).text(core::visible(signature.signer(), 64)).spans(),
         Line(draft).text(draft.signer_role(signature.role())).spans(),
         Line(draft).code(hex(signature.key_sha256())).spans(),
         time_or_dash(draft, signature.has_valid_from_ms(), signature.valid_from_ms()),
         time_or_dash(draft, signature.has_valid_until_ms(), signature.valid_until_ms()),
         state.spans()});
  }
  return table;
}

Table path(const Draft& draft, const v1::Attestation& attestation) {
  Table table = table_of(draft, {Label::kStep, Label::kSubject, Label::kFingerprint});
  for (const auto& step : attestation.path()) {
    table.rows.push_back({Line(draft).text(core::visible(step.kind(), 32)).spans(),
                          Line(draft).told(step.label(), false).spans(),
                          Line(draft).code(hex(step.hash())).spans()});
  }
  return table;
}

void add_values(Blocks& blocks, const Draft& draft, const v1::Attestation& attestation,
                int number) {
  blocks.heading(4, Line(draft).text(draft.attestation(attestation, number)));
  FieldList fields(draft);
  const v1::Position& position = attestation.position();
  if (!position.transaction_id().empty()) {
    fields.add(Label::kTransactionId, fields.line().code(core::visible(position.transaction_id())));
  }
  if (!position.block_hash().empty()) {
    fields.add(Label::kBlockHash, fields.line().code(hex(position.block_hash())));
  }
  for (const std::string& proof : attestation.proofs()) {
    fields.add(Label::kProofDigest, fields.line().code(hex(proof)));
  }
  std::string own;
  for (const std::string& reason : attestation.ledger_reasons()) {
    own.append(own.empty() ? "" : ", ").append(core::visible(reason, 64));
  }
  if (!own.empty()) fields.add(Label::kLedgerReasons, fields.line().code(own));
  blocks.fields(fields.take());
  blocks.table(keys(draft, attestation)).table(path(draft, attestation));
}

Section item_values(const Draft& draft, const v1::ItemReport& item, int number) {
  Blocks blocks(draft);
  blocks.heading(3, Line(draft).filled(Label::kValuesOfItem, number));
  blocks.table(checks(draft, item));
  int count = 0;
  for (const auto& attestation : item.attestations()) {
    add_values(blocks, draft, attestation, ++count);
  }
  return {.id = fmt::format("values-{}", number), .new_page = false, .blocks = blocks.take()};
}

// Those of the legal table and of the checks, each once, in the catalogue's order.
Section statutes(const Draft& draft) {
  std::set<const catalogue::ArticleEntry*> relied_on;
  const auto add = [&](std::string_view rule) {
    if (!applies(draft.report(), rule)) return;
    for (const auto* article : catalogue::articles_of(rule)) relied_on.insert(article);
  };
  for (const auto& entry : catalogue::legal_map()) add(entry.rule);
  for (const auto& check : catalogue::checks()) add(check.rule);
  Blocks blocks(draft);
  blocks.heading(2, Label::kStatutes).paragraph(Label::kStatutesHow, Paragraph::Role::kSmall);
  for (const auto& article : catalogue::articles()) {
    if (!relied_on.contains(&article)) continue;
    blocks.heading(3,
                   Line(draft).text(fmt::format("《{}》{}", article.instrument, article.article)));
    Line version = Line(draft).text(catalogue::version_of(article, draft.language()));
    if (draft.language() == catalogue::Language::kEnglish) {
      version.text(" · ").text(catalogue::cite(article, draft.language()));
    }
    blocks.paragraph(version, Paragraph::Role::kSmall);
    for (const std::string_view paragraph : catalogue::paragraphs(article)) {
      blocks.paragraph(Line(draft).statute(paragraph));
    }
  }
  return {.id = "statutes", .new_page = true, .blocks = blocks.take()};
}

}  // namespace

std::vector<Section> annex_sections(const Draft& draft) {
  Blocks head(draft);
  head.heading(2, Label::kAnnex);
  std::vector<Section> sections;
  sections.push_back({.id = "annex", .new_page = true, .blocks = head.take()});
  int number = 0;
  for (const auto& item : draft.report().evidence()) {
    sections.push_back(item_values(draft, item, ++number));
  }
  sections.push_back(statutes(draft));
  return sections;
}

}  // namespace heyan::report
