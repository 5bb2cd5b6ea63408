#include "verifier/report/wording.h"

#include <fmt/format.h>

#include <utility>

#include "verifier/core/text.h"

namespace heyan::report {
namespace {

template <typename Names>
std::string name_of(const Names& names, std::string_view id, catalogue::Language language) {
  for (const auto& name : names) {
    if (name.id() != id) continue;
    const std::string& text = language == catalogue::Language::kChinese ? name.zh() : name.en();
    if (!text.empty()) return core::visible(text);
  }
  return core::visible(id);
}

// Quotation marks inside a quotation are shown by number, so that the text cannot end it itself.
std::string unquoted(std::string text) {
  for (const auto& [mark, shown] :
       {std::pair<std::string_view, std::string_view>{"“", "⟨U+201C⟩"}, {"”", "⟨U+201D⟩"}}) {
    for (std::size_t at = text.find(mark); at != std::string::npos;
         at = text.find(mark, at + shown.size())) {
      text.replace(at, mark.size(), shown);
    }
  }
  return text;
}

}  // namespace

std::string Wording::cited(std::string_view text) {
  return "“" + unquoted(core::visible(text)) + "”";
}

std::string Wording::institution(std::string_view id) const {
  return name_of(report_.institutions(), id, language_);
}

std::string Wording::ledger(std::string_view id) const {
  return name_of(report_.ledgers(), id, language_);
}

std::string Wording::signer_role(std::string_view role) const {
  const auto known = signer_role_label(role);
  return known ? in(*known) : core::visible(role, 32);
}

// Authorities of time stamps are no ledgers; one that is not known is named as its certificate
// does.
std::string Wording::place_of(const v1::Attestation& attestation) const {
  if (!attestation.ledger().empty() || attestation.signatures().empty()) {
    return ledger(attestation.ledger());
  }
  const v1::Signature& signature = attestation.signatures(0);
  return signature.institution().empty() ? core::visible(signature.signer(), 64)
                                         : institution(signature.institution());
}

std::string Wording::attestation(const v1::Attestation& attestation, int number) const {
  std::string title = fmt::format("{} {}: {} ({})", in(tier_label(attestation.tier())), number,
                                  place_of(attestation), core::visible(attestation.format(), 32));
  if (is_of_operator(attestation)) return title;
  const bool established = attestation.outcome() == v1::OUTCOME_PASS;
  return title + ", " + in(established ? Label::kEstablished : Label::kNotEstablished);
}

std::string Wording::declared_name(std::string_view name) const {
  const auto known = declared_label(name);
  return known ? in(*known) : core::visible(name, 32);
}

bool is_of_operator(const v1::Attestation& attestation) {
  return attestation.tier() == v1::TIER_OPERATOR_ATTESTATION;
}

Label standing_of(const v1::Signature& signature) {
  if (!signature.counted()) return Label::kNotCounted;
  return signature.quorum() ? Label::kCounted : Label::kOtherRole;
}

}  // namespace heyan::report
