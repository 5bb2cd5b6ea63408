// Pages as pictures: the right ones, bounded, and nothing from files that are none. What ends a
// process is in tests/functional/drawing_test.cc, where there is one to end.
#include "gateway/drawing/pdf_file.h"

#include "gateway/drawing/letters.h"
#include "tests/unit/drawing/made_pdf.h"
#include "tests/unit/drawing/picture.h"
#include "tests/unit/pdf/tool.h"

namespace heyan::drawing {
namespace {

using v1::DrawFault;

std::expected<PdfFile, DrawFault> opened(const std::string& file) {
  return PdfFile::open(core::as_bytes(file));
}
DrawFault fault_of(const std::string& file) {
  const auto pdf = opened(file);
  return pdf ? v1::DRAW_FAULT_UNSPECIFIED : pdf.error();
}
Picture drawn(const std::string& file, int page = 1, int width = 0) {
  const auto pdf = opened(file);
  const auto png = pdf ? pdf->draw(page, width) : std::unexpected(pdf.error());
  EXPECT_TRUE(png.has_value());
  return png ? picture_of(*png) : Picture();
}
Picture drawn_with_box(const std::string& box, const std::string& more = {}) {
  MadePdf pdf;
  pdf.add_page(filled("1 0 0"), box, more);
  return drawn(pdf.write());
}

TEST(PdfFileTest, ShowsThePageThatIsAskedFor) {
  MadePdf made;
  made.add_page(filled("1 0 0"));
  made.add_page(filled("0 0 1"));
  const std::string file = made.write();
  const auto pdf = opened(file);
  ASSERT_TRUE(pdf.has_value());
  EXPECT_EQ(pdf->pages(), 2);
  EXPECT_EQ(drawn(file, 1).middle(), 0xff0000u);
  EXPECT_EQ(drawn(file, 2).middle(), 0x0000ffu);
  for (const int none : {0, -1, 3, 2'147'483'647, -2'147'483'647 - 1}) {
    const auto png = pdf->draw(none);
    EXPECT_EQ(png.has_value() ? v1::DRAW_FAULT_UNSPECIFIED : png.error(),
              v1::DRAW_FAULT_NO_SUCH_PAGE)
        << none;
  }
}

TEST(PdfFileTest, IsOnWhite) {
  MadePdf made;
  made.add_page("");
  EXPECT_EQ(drawn(made.write()).inked(), 0);
}

TEST(PdfFileTest, ShowsTheCropBoxTheRightWayUp) {
  MadePdf made;
  // Red below, blue above; turned by a quarter, the upper edge is at the right.
  made.add_page("1 0 0 rg 0 0 200 50 re f 0 0 1 rg 0 50 200 50 re f", "0 0 200 100",
                "/CropBox[100 0 200 100]/Rotate 90");
  const Picture picture = drawn(made.write());
  EXPECT_EQ(picture.width, picture.height);
  EXPECT_EQ(picture.pixels.at(1), 0xff0000u);
  EXPECT_EQ(picture.pixels.at(static_cast<std::size_t>(picture.width) - 2), 0x0000ffu);
}

TEST(PdfFileTest, AnswersInLegibleAndBoundedSizes) {
  const Picture a4 = drawn_with_box("0 0 595 842");
  EXPECT_EQ(a4.height, kUsualPixels);
  EXPECT_NEAR(a4.width, 1240, 2);
  EXPECT_NEAR(drawn_with_box("0 0 72 72").width, 300, 1);  // not beyond 300 dots an inch
  for (const char* box :
       {"0 0 14400 14400", "0 0 1000000 1000000", "0 0 2147483647 2147483647", "0 0 1e9 1",
        "0 0 1 14400", "0 0 99999999999999999999 99999999999999999999",
        "-1000000000 -1000000000 1000000000 1000000000", "842 595 0 0", "0 0 0.0001 0.0001",
        "0 0 0 0", "0 0 (a) /b", "0 0"}) {
    MadePdf made;
    made.add_page(filled("1 0 0"), box);
    const auto pdf = opened(made.write());
    ASSERT_TRUE(pdf.has_value()) << box;
    const auto png = pdf->draw(1, box[0] == '0' ? 0 : 999'999'999);
    if (!png) continue;  // no size at all
    const Picture picture = picture_of(*png);
    EXPECT_GE(std::min(picture.width, picture.height), 1) << box;
    EXPECT_LE(std::max(picture.width, picture.height), kMostPixels + 1) << box;
  }
}

TEST(PdfFileTest, IsAsWideAsItIsWanted) {
  MadePdf made;
  made.add_page(filled("1 0 0"));
  made.add_page(filled("1 0 0"), "0 0 595 842", "/Rotate 90");
  const std::string file = made.write();
  for (const int page : {1, 2}) {
    for (const int width : {1, 100, 567, 1'000, 2'000}) {
      EXPECT_NEAR(drawn(file, page, width).width, width, 1) << page;
    }
  }
  EXPECT_NEAR(drawn(file, 1, 2'000).height, 2'830, 2);
  EXPECT_NEAR(drawn(file, 2, 2'000).height, 1'413, 2);
  EXPECT_NEAR(drawn(file, 1, 999'999).height, kMostPixels, 1);
}

TEST(PdfFileTest, CountsPagesUpToABound) {
  const auto pages = [](int count) {
    MadePdf many;
    for (int i = 0; i < count; ++i) many.add_page("");
    return many.write();
  };
  const auto most = opened(pages(kMostPages));
  ASSERT_TRUE(most.has_value());
  EXPECT_EQ(most->pages(), kMostPages);
  EXPECT_TRUE(most->draw(kMostPages).has_value());
  EXPECT_EQ(fault_of(pages(kMostPages + 1)), v1::DRAW_FAULT_LIMIT);
}

TEST(PdfFileTest, DoesNotBelieveACount) {
  for (const char* count : {"1000000000", "-1", "0", "99999999999999999999", "(many)", "2 0 R"}) {
    MadePdf made;
    made.add_page(filled("0 1 0"));
    const auto pdf = opened(made.write({}, count));
    if (!pdf) continue;
    EXPECT_LE(pdf->pages(), kMostPages) << count;
    EXPECT_GE(pdf->pages(), 1) << count;
    static_cast<void>(pdf->draw(1));
    static_cast<void>(pdf->draw(pdf->pages()));
  }
}

TEST(PdfFileTest, RefusesWhatIsNone) {
  for (const std::string& file :
       {std::string(), std::string("%PDF-1.7"), std::string("%PDF-1.7\n<script>alert(1)</script>"),
        std::string("hello, I am a text and no PDF"), std::string(100'000, '\0'),
        std::string("%PDF-1.7\ntrailer<</Root 1 0 R>>")}) {
    EXPECT_EQ(fault_of(file), v1::DRAW_FAULT_UNREADABLE) << file.substr(0, 40);
  }
  EXPECT_EQ(fault_of("%PDF-1.7\n" + std::string(kMostFileBytes, ' ')), v1::DRAW_FAULT_LIMIT);
}

TEST(PdfFileTest, SurvivesWhatIsCutOffOrChanged) {
  const std::string file = lettered_pdf(false);
  for (std::size_t i = 0; i < file.size(); i += 7) {
    const auto cut = opened(file.substr(0, i));
    if (cut) static_cast<void>(cut->draw(1));
    std::string changed = file;
    changed[i] = static_cast<char>(changed[i] ^ 0x15);
    const auto other = opened(changed);
    if (other) static_cast<void>(other->draw(1));
  }
}

TEST(PdfFileTest, SurvivesWhatRefersToItself) {
  MadePdf form;
  form.add_page("/X Do", "0 0 99 99", "/Resources<</XObject<</X 5 0 R>>>>");
  form.add_stream("/X Do",
                  "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>");
  EXPECT_EQ(drawn(form.write()).width, 413);
  MadePdf tree;
  tree.add_page(filled("1 0 0"));
  std::string looped = tree.write();
  const std::string kids = "/Kids[4 0 R ]";
  looped.replace(looped.find(kids), kids.size(), "/Kids[2 0 R ]");
  const auto pdf = opened(looped);
  if (pdf) static_cast<void>(pdf->draw(1));
  MadePdf deep;
  deep.add_page(std::string(200'000, '['));
  EXPECT_EQ(drawn(deep.write()).inked(), 0);
}

TEST(PdfFileTest, NeedsNoPasswordOrSaysThatItDoes) {
  MadePdf made;
  made.add_page(filled("1 0 0"));
  const auto encrypted = [&](const std::string& user) {
    return pdf::output_of("qpdf --no-warn --encrypt '" + user + "' owner 256 -- FILE -",
                          made.write());
  };
  const std::string locked = encrypted("secret");
  ASSERT_TRUE(locked.starts_with("%PDF-")) << locked.substr(0, 200);
  EXPECT_EQ(fault_of(locked), v1::DRAW_FAULT_PASSWORD);
  EXPECT_EQ(drawn(encrypted("")).middle(), 0xff0000u);
}

TEST(PdfFileTest, RunsNothing) {
  const auto page = [](const std::string& of_catalogue) {
    MadePdf made;
    made.add_page(filled("1 0 0"), "0 0 99 99", "/AA<</O<</S/JavaScript/JS(while(true\\){})>>>>");
    return made.write(of_catalogue);
  };
  const std::string plain = page({});
  for (const char* action :
       {"/OpenAction<</S/JavaScript/JS(while(true\\){})>>", "/OpenAction<</S/Launch/F(/bin/sh)>>",
        "/OpenAction<</S/URI/URI(https://localhost/)>>",
        "/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>",
        "/AcroForm<</XFA(<x/>)/Fields[]>>"}) {
    EXPECT_EQ(drawn(page(action)).pixels, drawn(plain).pixels) << action;
  }
}

TEST(LettersTest, StandInForTypefacesThatAreOnlyNamed) {
  const auto letters = Letters::load(HEYAN_FONTS);
  ASSERT_TRUE(letters.has_value());
  EXPECT_GT(drawn(lettered_pdf(false)).inked(), 1000);
  EXPECT_GT(drawn(lettered_pdf(true)).inked(), 1000);
}

TEST(LettersTest, AreSomewhere) {
  const os::TemporaryFolder folder;
  const auto letters = Letters::load(folder.path());
  EXPECT_EQ(letters.has_value() ? core::ErrorCode::kInternal : letters.error().code,
            core::ErrorCode::kNotFound);
  EXPECT_EQ(Letters::folders("/fonts").front(), "/fonts");
}

}  // namespace
}  // namespace heyan::drawing
