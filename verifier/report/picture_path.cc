#include <algorithm>

#include "verifier/core/text.h"
#include "verifier/report/drawing.h"
#include "verifier/report/item_parts.h"
#include "verifier/report/pictures.h"
#include "verifier/report/words.h"

namespace heyan::report {
namespace {

constexpr double kTop = 4;
constexpr double kStepWidth = 300;
constexpr double kStepHeight = 22;
constexpr double kGap = 16;
constexpr double kWitnessHeight = 32;
constexpr std::size_t kMostWitnesses = 12;

struct Witness {
  std::string id;
  bool counted = false;
  bool linked = false;
};

// An institution once, whatever it signed.
std::vector<Witness> witnesses_of(const v1::Attestation& attestation) {
  std::vector<Witness> found;
  for (const auto& signature : attestation.signatures()) {
    auto at = std::ranges::find(found, signature.institution(), &Witness::id);
    if (at == found.end()) {
      at = found.insert(found.end(), {.id = signature.institution()});
    }
    at->counted = at->counted || (signature.counted() && signature.quorum());
    at->linked = at->linked || signature.linked_to_party();
  }
  std::ranges::stable_sort(found, std::greater<>(), &Witness::counted);
  return found;
}

std::string name_of(const Draft& draft, const Witness& witness) {
  return witness.id.empty() ? draft.in(Label::kUnlisted) : draft.institution(witness.id);
}

std::string standing_of(const Draft& draft, const Witness& witness) {
  std::string text = draft.in(witness.counted ? Label::kCounted : Label::kNotCounted);
  if (witness.linked) text.append(semicolon(draft)).append(draft.in(Label::kLinkedToParty));
  return text;
}

// The steps from the record to the header of its block, in words.
std::vector<std::string> steps_of(const Draft& draft, const v1::Attestation& attestation) {
  std::vector<std::string> steps;
  for (const auto& step : attestation.path()) {
    const auto add = [&](Label name, const std::string& value) {
      steps.push_back(fmt::format(fmt::runtime(draft.in(name)), value));
    };
    if (step.kind() == "record") {
      add(Label::kStepRecord, Draft::cited(step.label()));
    } else if (step.kind() == "transaction") {
      add(Label::kStepTransaction, core::visible(step.label(), 32));
    } else if (step.kind() == "block-data" || step.kind() == "transactions-root") {
      add(Label::kStepRoot, core::visible(step.label(), 32));
    } else if (step.kind() == "block-header") {
      add(Label::kStepBlock, core::visible(step.label(), 32));
    }
  }
  return steps;
}

std::string description(const Draft& draft, std::string_view match,
                        const std::vector<std::string>& steps,
                        const std::vector<Witness>& witnesses) {
  std::string way = draft.in(Label::kFile);
  way.append(" (").append(match).append(")");
  for (const std::string& step : steps) way += " → " + step;
  std::string names;
  for (std::size_t i = 0; i < std::min(witnesses.size(), kMostWitnesses); ++i) {
    names.append(names.empty() ? "" : semicolon(draft)).append(name_of(draft, witnesses[i]));
    names.append(" (").append(standing_of(draft, witnesses[i])).append(")");
  }
  if (names.empty()) names = draft.in(Label::kNoneKnown);
  return fmt::format(fmt::runtime(draft.in(Label::kPathPicture)), way, names);
}

double draw_witnesses(Drawing& drawing, const Draft& draft, const std::vector<Witness>& witnesses,
                      double y) {
  constexpr double kBetween = 12;
  constexpr double kWidth = (kPictureWidth - 2 - kBetween) / 2;
  const std::size_t shown = std::min(witnesses.size(), kMostWitnesses);
  const std::size_t rows = (shown + 1) / 2;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t row = i / 2;
    const Drawing::Box box{.x = 1 + static_cast<double>(i % 2) * (kWidth + kBetween),
                           .y = y + static_cast<double>(row) * (kWitnessHeight + kBetween / 2),
                           .width = kWidth,
                           .height = kWitnessHeight};
    drawing.box(box, !witnesses[i].counted, witnesses[i].counted);
    drawing.word_in(box, name_of(draft, witnesses[i]), 0, 2, true);
    drawing.word_in(box, standing_of(draft, witnesses[i]), 1, 2);
  }
  y += static_cast<double>(rows) * (kWitnessHeight + kBetween / 2);
  if (witnesses.size() > shown) {
    drawing.word(kPictureWidth / 2, y + kLetterSize,
                 fmt::format(fmt::runtime(draft.in(Label::kFurther)), witnesses.size() - shown),
                 kPictureWidth, Shape::Anchor::kMiddle);
    y += kGap;
  }
  return y;
}

}  // namespace

std::optional<Picture> path_picture(const Draft& draft, const v1::ItemReport& item,
                                    const v1::Attestation& attestation) {
  const std::vector<std::string> steps = steps_of(draft, attestation);
  if (steps.empty()) return std::nullopt;
  const std::vector<Witness> witnesses = witnesses_of(attestation);
  const v1::Outcome outcome = outcome_of(item, v1::CHECK_MATCH_1);
  const Label match = outcome == v1::OUTCOME_PASS   ? Label::kFingerprintsEqual
                      : outcome == v1::OUTCOME_FAIL ? Label::kFingerprintsDiffer
                                                    : Label::kFingerprintsOpen;
  const double left = (kPictureWidth - kStepWidth) / 2;
  const double middle = kPictureWidth / 2;
  Drawing drawing;
  double y = kTop;
  const auto step = [&](std::string_view text, bool bold) {
    const Drawing::Box box{.x = left, .y = y, .width = kStepWidth, .height = kStepHeight};
    drawing.box(box, false, bold);
    drawing.word_in(box, text, 0, 1, bold);
    y += kStepHeight;
  };
  const auto arrow = [&](bool dashed, std::string_view beside) {
    drawing.arrow(middle, y, middle, y + kGap, dashed);
    drawing.word(middle + 8, y + kGap / 2 + 3, beside, kPictureWidth - middle - 8);
    y += kGap;
  };
  step(draft.in(Label::kFile), true);
  arrow(outcome != v1::OUTCOME_PASS, draft.in(match));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    step(steps[i], i + 1 == steps.size());
    if (i + 1 < steps.size()) arrow(false, {});
  }
  if (!witnesses.empty()) {
    arrow(false, draft.in(Label::kSignedBy));
    y = draw_witnesses(drawing, draft, witnesses, y + 2);
  }
  return drawing.take(description(draft, draft.in(match), steps, witnesses), y + kTop);
}

}  // namespace heyan::report
