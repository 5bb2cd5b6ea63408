// PDFs for tests, object by object: number 1 is the catalogue, 2 the page tree.
#pragma once

#include <string>
#include <vector>

#include "verifier/core/bytes.h"

namespace heyan::drawing {

class MadePdf {
 public:
  // Its number.
  std::size_t add(std::string object) {
    objects_.push_back(std::move(object));
    return objects_.size();
  }
  std::size_t add_stream(const std::string& content, const std::string& more = {}) {
    return add("<</Length " + std::to_string(content.size()) + more + ">>stream\n" + content +
               "\nendstream");
  }
  void set(std::size_t number, std::string object) { objects_.at(number - 1) = std::move(object); }
  static std::string of(std::size_t number) { return std::to_string(number) + " 0 R"; }

  // A page that shows `content`; `more`: of its dictionary.
  void add_page(const std::string& content, const std::string& box = "0 0 595 842",
                const std::string& more = {}) {
    const std::size_t stream = add_stream(content);
    kids_ += of(add("<</Type/Page/Parent 2 0 R/MediaBox[" + box + "]/Contents " + of(stream) +
                    more + ">>")) +
             " ";
    ++pages_;
  }
  std::string write(const std::string& of_catalogue = {}, const std::string& count = {}) {
    set(1, "<</Type/Catalog/Pages 2 0 R" + of_catalogue + ">>");
    set(2, "<</Type/Pages/Kids[" + kids_ + "]/Count " +
               (count.empty() ? std::to_string(pages_) : count) + ">>");
    std::string file = "%PDF-1.7\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      const std::string at = std::to_string(file.size());
      table += std::string(10 - at.size(), '0') + at + " 00000 n \n";
      file += std::to_string(i + 1) + " 0 obj" + objects_[i] + "endobj\n";
    }
    const std::string size = std::to_string(objects_.size() + 1);
    return file + "xref\n0 " + size + "\n" + table + "trailer<</Root 1 0 R/Size " + size +
           ">>\nstartxref\n" + std::to_string(file.size()) + "\n%%EOF\n";
  }

 private:
  std::vector<std::string> objects_{2};
  std::string kids_;
  int pages_ = 0;
};

// The whole page in that colour.
inline std::string filled(const std::string& rgb) {
  return rgb + " rg -9999 -9999 99999 99999 re f";
}

// One form that shows another ten times, that one the next ten times, `depth` times: drawing it
// takes 10 to the power of `depth` steps.
inline std::string laughing_pdf(int depth) {
  MadePdf pdf;
  std::size_t inner = pdf.add_stream("0 0 1 1 re f", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]");
  for (int i = 0; i < depth; ++i) {
    std::string calls;
    for (int j = 0; j < 10; ++j) calls += "/X Do ";
    inner =
        pdf.add_stream(calls, "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X " +
                                  MadePdf::of(inner) + ">>>>");
  }
  pdf.add_page("/X Do", "0 0 99 99", "/Resources<</XObject<</X " + MadePdf::of(inner) + ">>>>");
  return pdf.write();
}

// Letters of two typefaces that the file only names: one Latin, one Chinese.
inline std::string lettered_pdf(bool chinese) {
  MadePdf pdf;
  std::size_t font = 0;
  if (chinese) {
    const std::size_t descendant = pdf.add(
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
        "<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>");
    font = pdf.add(
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[" +
        MadePdf::of(descendant) + "]>>");
  } else {
    font = pdf.add("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
  }
  pdf.add_page(
      chinese ? "BT /F 40 Tf 10 30 Td <68389A8C> Tj ET" : "BT /F 40 Tf 10 30 Td (Heyan) Tj ET",
      "0 0 140 99", "/Resources<</Font<</F " + MadePdf::of(font) + ">>>>");
  return pdf.write();
}

}  // namespace heyan::drawing
