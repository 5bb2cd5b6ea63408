// Pictures: within their width, cut where names are long, and nothing in them that the words beside
// them do not say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/report/document_text.h"
#include "tests/unit/report/sample_report.h"
#include "verifier/report/drawing.h"
#include "verifier/report/html.h"
#include "verifier/report/sections.h"
#include "verifier/report/svg.h"

namespace heyan::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing::pictures;
using ::testing::SizeIs;

v1::Report with_path(int institutions = 1) {
  v1::Report report = testing::sample_report();
  v1::Attestation& attestation = *report.mutable_evidence(0)->mutable_attestations(0);
  for (const auto& [kind, name] : {std::pair{"record", "EV-0007"},
                                   {"transaction", "0"},
                                   {"block-data", "7"},
                                   {"block-header", "7"},
                                   {"network", "judicial"}}) {
    v1::PathStep& step = *attestation.add_path();
    step.set_kind(kind);
    step.set_label(name);
  }
  const v1::Signature signature = attestation.signatures(0);
  for (int i = 1; i < institutions; ++i) {
    v1::Signature& more = *attestation.add_signatures();
    more = signature;
    more.set_institution("institution-" + std::to_string(i));
    more.set_counted(i % 2 == 0);
    more.set_linked_to_party(i == 2);
  }
  return report;
}

Document built(const v1::Report& report,
               catalogue::Language language = catalogue::Language::kEnglish) {
  return build_document(report, {.language = language});
}

void expect_inside(const Picture& picture) {
  EXPECT_LE(picture.width, kPictureWidth);
  for (const Shape& shape : picture.shapes) {
    for (const double x : {shape.x, shape.to_x}) {
      EXPECT_GE(x, 0);
      EXPECT_LE(x, picture.width);
    }
    for (const double y : {shape.y, shape.to_y}) {
      EXPECT_GE(y, 0);
      EXPECT_LE(y, picture.height);
    }
    if (shape.kind != Shape::Kind::kText) continue;
    const double width = text_width(shape.text, shape.size);
    const double left = shape.anchor == Shape::Anchor::kMiddle ? shape.x - width / 2
                        : shape.anchor == Shape::Anchor::kEnd  ? shape.x - width
                                                               : shape.x;
    EXPECT_GE(left, -0.01) << shape.text;
    EXPECT_LE(left + width, picture.width + 0.01) << shape.text;
  }
}

TEST(Picture, ShowsTheWayFromTheFileToTheInstitutions) {
  const Document document = built(with_path(3));
  const auto found = pictures(document);
  ASSERT_THAT(found, SizeIs(1));
  expect_inside(*found[0]);
  for (const char* part : {"File (fingerprints equal)", "record “EV-0007”", "header of block 7",
                           "Hangzhou Internet Court (counted)", "institution-1 (not counted)",
                           "institution-2 (counted; linked to a party)"}) {
    EXPECT_THAT(found[0]->description, HasSubstr(part));
  }
}

TEST(Picture, SaysWhereTheFingerprintsDiffer) {
  v1::Report report = with_path();
  for (auto& result : *report.mutable_evidence(0)->mutable_checks()) {
    if (result.check() == v1::CHECK_MATCH_1) result.set_outcome(v1::OUTCOME_FAIL);
  }
  const Document document = built(report);
  const Picture& picture = *pictures(document).front();
  EXPECT_THAT(picture.description, HasSubstr("fingerprints differ"));
  // Not by colour: the line is broken, and the words stand beside it.
  EXPECT_TRUE(std::ranges::any_of(picture.shapes, [](const Shape& shape) {
    return shape.kind == Shape::Kind::kArrow && shape.dashed;
  }));
}

TEST(Picture, HasNoneWhereNoWayWasFollowed) {
  EXPECT_THAT(pictures(built(testing::sample_report())), SizeIs(0));
}

TEST(Picture, CutsLongNamesAndLeavesThemWholeInTheTable) {
  v1::Report report = with_path();
  const std::string name(150, 'N');
  report.mutable_institutions(0)->set_en(name);
  report.mutable_evidence(0)->mutable_attestations(0)->mutable_path(0)->set_label(
      std::string(5000, 'x'));
  const Document document = built(report);
  expect_inside(*pictures(document).front());
  EXPECT_THAT(testing::words_of(*testing::section(document, "item-1")), HasSubstr("\n" + name));
}

TEST(Picture, HasRoomForTheFirstInstitutionsAndCountsTheOthers) {
  const Document document = built(with_path(100));
  const Picture& picture = *pictures(document).front();
  expect_inside(picture);
  EXPECT_TRUE(std::ranges::any_of(
      picture.shapes, [](const Shape& shape) { return shape.text == "88 more in the table"; }));
}

TEST(Picture, TimelineShowsKnownAndUnknownEnds) {
  v1::Report report = testing::sample_report();
  const v1::ItemReport item = report.evidence(0);
  report.clear_evidence();
  for (int i = 0; i < 60; ++i) {
    v1::TimeInterval& time = *(*report.add_evidence() = item, report.mutable_evidence(i))
                                  ->mutable_attestations(0)
                                  ->mutable_time();
    time.set_source("tsa:example");
    if (i % 3 != 0) time.set_not_before_ms(1000 * i);
    if (i % 3 != 1) time.set_not_after_ms(1000 * i + 5000);
    if (i % 5 == 0) time.set_stated_ms(1000 * i);
  }
  const Document document = built(report);
  const auto found = pictures(document);
  ASSERT_THAT(found, SizeIs(1));
  expect_inside(*found[0]);
  EXPECT_THAT(found[0]->description, HasSubstr("the first 24 of 60 lines"));
  // Its signs are explained in it, and no name is cut or met by a line.
  for (const char* word : {"not before", "not after", "unknown", "stated"}) {
    EXPECT_TRUE(std::ranges::any_of(found[0]->shapes, [&](const Shape& shape) {
      return shape.text == word;
    })) << word;
  }
  for (const Shape& name : found[0]->shapes) {
    EXPECT_THAT(name.text, Not(HasSubstr("…")));
    if (!name.text.starts_with("Item")) continue;
    EXPECT_TRUE(std::ranges::none_of(found[0]->shapes, [&](const Shape& shape) {
      return shape.text.empty() && std::max(shape.y, shape.to_y) > name.y - 7 &&
             std::min(shape.y, shape.to_y) < name.y;
    })) << name.text;
  }
}

TEST(Picture, TimelineOfOneMomentIsInside) {
  for (const std::int64_t at : {std::int64_t{0}, std::numeric_limits<std::int64_t>::min(),
                                std::numeric_limits<std::int64_t>::max()}) {
    v1::Report report = testing::sample_report();
    v1::TimeInterval& time = *report.mutable_evidence(0)->mutable_attestations(0)->mutable_time();
    time.set_source("x");
    time.set_not_after_ms(at);
    time.set_not_before_ms(0);
    const Document document = built(report);
    expect_inside(*pictures(document).front());
  }
}

TEST(Drawing, CutsToWidth) {
  EXPECT_EQ(cut_to("abc", 100, 9), "abc");
  for (const char* text : {"aaaaaaaaaaaaaaaaaaaaaaaa", "样例互联网法院样例互联网法院样例互联网法院",
                           "a样b例c互d联e网f法g院h样i例"}) {
    const std::string cut = cut_to(text, 60, 9);
    EXPECT_LE(text_width(cut, 9), 60) << cut;
    EXPECT_TRUE(cut.ends_with("…")) << cut;
  }
  EXPECT_EQ(cut_to("样例", 5, 9), "…");
}

TEST(Svg, HasARoleATitleAndNoStyle) {
  const std::string page = render_html(with_path(3), {.language = catalogue::Language::kEnglish});
  EXPECT_THAT(page, HasSubstr("<svg role=\"img\" viewBox=\"0 0 480 "));
  EXPECT_THAT(page, HasSubstr("<title>Path from the file to the institutions</title>"));
  EXPECT_THAT(page, Not(HasSubstr(" style=")));
  EXPECT_THAT(page, Not(HasSubstr("xlink")));
}

TEST(Svg, EscapesItsWords) {
  Drawing drawing;
  drawing.word(0, 10, "<script>", 400);
  const Picture picture = drawing.take("a & b: <c>", 20);
  const std::string html = drawn(picture).html;
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  EXPECT_THAT(html, HasSubstr("<title>a &amp; b</title>"));
  EXPECT_THAT(html, Not(HasSubstr("<script>")));
}

}  // namespace
}  // namespace heyan::report
