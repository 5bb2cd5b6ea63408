#include "gateway/drawing/letters.h"

#include <fontconfig/fontconfig.h>

#include "gateway/drawing/pdf_file.h"

namespace heyan::drawing {
namespace {

using core::ErrorCode;

constexpr const char* kTables = "/usr/share/poppler";

// Names typefaces of both kinds without bringing them along.
constexpr std::string_view kWarming =
    "%PDF-1.7\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font"
    "<</A 5 0 R/B 6 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 56>>stream\n"
    "BT /A 9 Tf 9 9 Td (a) Tj /B 9 Tf <6838> Tj ET            \n"
    "endstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "6 0 obj<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
    "/DescendantFonts[7 0 R]>>endobj\n"
    "7 0 obj<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    "<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>endobj\n"
    "trailer<</Root 1 0 R>>\n";

}  // namespace

// Poppler forgets its tables when no document is open.
struct Letters::Warm {
  PdfFile document;
};

Letters::Letters(std::unique_ptr<Warm> warm) : warm_(std::move(warm)) {}
Letters::Letters(Letters&& other) noexcept = default;
Letters& Letters::operator=(Letters&& other) noexcept = default;
Letters::~Letters() = default;

core::Result<Letters> Letters::load(const std::filesystem::path& fonts) {
  FcConfig* const config = FcConfigCreate();
  if (config == nullptr) return core::fail(ErrorCode::kInternal, "fontconfig cannot be used");
  int added = 0;
  std::error_code error;
  std::filesystem::directory_iterator files(fonts, error);
  for (; !error && files != std::filesystem::directory_iterator(); files.increment(error)) {
    const std::string file = files->path().string();
    added += FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(file.c_str()));
  }
  const bool current = !error && added > 0 && FcConfigSetCurrent(config) == FcTrue;
  FcConfigDestroy(config);  // fontconfig keeps the current one
  if (!current) return core::fail(ErrorCode::kNotFound, "the folder holds no fonts");
  auto document = PdfFile::open(core::as_bytes(kWarming));
  if (!document || !document->draw(1)) {
    return core::fail(ErrorCode::kInternal, "Poppler draws nothing");
  }
  return Letters(std::make_unique<Warm>(*std::move(document)));
}

std::filesystem::path fonts_folder(const std::filesystem::path& folder) {
  return folder.parent_path() / "share" / "heyan" / "fonts";
}

std::vector<std::filesystem::path> Letters::folders(const std::filesystem::path& fonts) {
  std::vector<std::filesystem::path> all = {fonts};
  std::error_code error;
  if (std::filesystem::is_directory(kTables, error)) all.emplace_back(kTables);
  return all;
}

}  // namespace heyan::drawing
