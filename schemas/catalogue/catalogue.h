// The report's words: verdicts, checks, reasons, legal map and statute texts, compiled in from the
// tables beside this file.
//
// Every sentence that a report generates comes from here. Views live as long as the program. Any
// thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "heyan/v1/finding.pb.h"

namespace heyan::catalogue {

enum class Language : std::uint8_t { kChinese, kEnglish };

struct Text {
  std::string_view zh;
  std::string_view en;
  std::string_view in(Language language) const { return language == Language::kChinese ? zh : en; }
};

struct VerdictEntry {
  std::string_view code;   // "CONSISTENT"
  std::string_view level;  // evidence check submission
  Text label;
  std::string_view symbol;
  Text sentence;
  std::string_view etsi_main_indication;
  Text statute_effect;  // of evidence only
};

enum class CheckWeight : std::uint8_t { kDecisive, kSupporting, kInformative };

struct CheckEntry {
  v1::CheckId id;
  std::string_view code;  // "FILE-1"
  std::string_view block;
  Text question;
  CheckWeight weight;
  std::string_view failing_effect;
  std::string_view rule;  // as law.h reads it
};

struct ReasonEntry {
  v1::ReasonCode id;
  std::string_view code;  // "CONTENT_HASH_DIFFERS"
  v1::CheckId check;
  std::string_view leads_to;  // the table's own words
  v1::Effect effect;          // what it does by itself: parsed from `leads_to` before any ';'
  Text reason;
  Text next_step;
};

// A row of the reasons of proof systems: which code a ledger's own reason name maps to.
struct LedgerReasonEntry {
  std::string_view ledger_reason;  // one name
  v1::ReasonCode code;             // REASON_NONE where the table says that it is only not counted
  std::string_view remark;
};

struct StandingSentence {
  std::string_view id;
  Text text;
};

struct LegalEntry {
  std::string_view rule;
  Text question;
  std::string_view checks;
  Text can;
  Text cannot;  // may be empty
};

// A statute, or an interpretation of the Supreme People's Court.
struct Instrument {
  std::string_view code;  // "ZXSS"
  std::string_view name;  // in full
  Text name_short;        // "在线诉讼规则", "Online Litigation Rules"
};

struct ArticleEntry {
  std::string_view code;
  std::string_view instrument;
  std::string_view version;
  std::string_view article;
  std::string_view text;  // "\n" marks a paragraph break, as two characters
};

// What a check shows when it passes, and what it does not show even then.
struct LimitEntry {
  v1::CheckId check;
  Text shown;
  Text bound;  // may be empty; no sentence of its own: "whether ..."
};

// What the other side may raise under a rule, and what to ask the platform then.
struct ObjectionEntry {
  std::string_view rule;
  bool point;  // else a question; a rule's questions follow its point
  Text text;
};

struct GlossaryEntry {
  Text term;
  Text meaning;
};

// What an adapter may note of a court's message (v1::IntakeRemark).
struct RemarkEntry {
  std::string_view code;
  Text text;
};

std::span<const VerdictEntry> verdicts();
std::span<const CheckEntry> checks();  // in the order of the table: all 25
std::span<const ReasonEntry> reasons();
std::span<const LedgerReasonEntry> ledger_reasons();
std::span<const StandingSentence>
standing_sentences();  // the eight that every report carries, in order
std::span<const LegalEntry> legal_map();
std::span<const ArticleEntry> articles();
std::span<const Instrument> instruments();
std::span<const LimitEntry> limits();
std::span<const ObjectionEntry> objections();
std::span<const GlossaryEntry> glossary();
std::span<const RemarkEntry> remarks();

// Rows by key. The enum forms always exist: a test holds enums and tables together.
const VerdictEntry& entry(v1::Verdict verdict);
const VerdictEntry& entry(v1::SubmissionVerdict verdict);
const VerdictEntry& entry(v1::Outcome outcome);
const CheckEntry& entry(v1::CheckId check);
const ReasonEntry& entry(v1::ReasonCode reason);  // not for REASON_NONE: aborts
const LimitEntry& limit(v1::CheckId check);
const CheckEntry* check_by_code(std::string_view code);
const ReasonEntry* reason_by_code(std::string_view code);
const RemarkEntry* remark_by_code(std::string_view code);
v1::ReasonCode code_for_ledger_reason(std::string_view ledger_reason);

// The words of contracts: "CONSISTENT", "PASS", "NOTE", ...
std::string_view word(v1::Verdict verdict);
std::string_view word(v1::SubmissionVerdict verdict);
std::string_view word(v1::Outcome outcome);
std::string_view word(v1::Effect effect);

}  // namespace heyan::catalogue
