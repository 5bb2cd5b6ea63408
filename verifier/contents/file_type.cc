#include "verifier/contents/file_type.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace heyan::contents {
namespace {

struct Signature {
  std::string_view media_type;
  std::size_t offset = 0;
  std::string_view bytes;
};

constexpr std::string_view bytes(const char* text, std::size_t size) { return {text, size}; }

// The first that fits counts.
constexpr std::array kSignatures = {
    Signature{kJpeg, 0, "\xff\xd8\xff"},
    Signature{"image/png", 0, "\x89PNG\r\n\x1a\n"},
    Signature{"image/gif", 0, "GIF87a"},
    Signature{"image/gif", 0, "GIF89a"},
    Signature{"image/webp", 8, "WEBP"},
    Signature{"image/tiff", 0, bytes("II*\0", 4)},
    Signature{"image/tiff", 0, bytes("MM\0*", 4)},
    Signature{"image/heic", 4, "ftyphei"},
    Signature{"image/heic", 4, "ftypmif1"},
    Signature{"video/quicktime", 4, "ftypqt"},
    Signature{"audio/mp4", 4, "ftypM4A"},
    Signature{"video/mp4", 4, "ftyp"},
    Signature{"audio/wav", 8, "WAVE"},
    Signature{"video/x-msvideo", 8, "AVI "},
    Signature{"audio/mpeg", 0, "ID3"},
    Signature{"audio/amr", 0, "#!AMR"},
    Signature{"audio/silk", 0, "#!SILK_V3"},
    Signature{"audio/silk", 1, "#!SILK_V3"},
    Signature{"audio/ogg", 0, "OggS"},
    Signature{"audio/flac", 0, "fLaC"},
    Signature{"video/x-matroska", 0, "\x1a\x45\xdf\xa3"},
    Signature{"video/x-flv", 0, bytes("FLV\x01", 4)},
    Signature{kZip, 0, "PK\x03\x04"},
    Signature{kZip, 0, "PK\x05\x06"},
    Signature{kGzip, 0, "\x1f\x8b\x08"},
    Signature{"application/vnd.rar", 0, "Rar!\x1a\x07"},
    Signature{"application/x-7z-compressed", 0, "7z\xbc\xaf\x27\x1c"},
    Signature{"application/x-xz", 0, bytes("\xfd\x37zXZ\0", 6)},
    Signature{"application/x-ole-storage", 0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
    Signature{"application/rtf", 0, "{\\rtf"},
    Signature{"application/x-dosexec", 0, "MZ"},
};

struct Extensions {
  std::string_view media_type;
  std::string_view list;  // each between spaces
  bool always = true;     // every file of these names begins with a signature
};

constexpr std::array kExtensions = {
    Extensions{kJpeg, " jpg jpeg jpe jfif "},
    Extensions{"image/png", " png "},
    Extensions{"image/gif", " gif "},
    Extensions{"image/webp", " webp "},
    Extensions{"image/tiff", " tif tiff dng nef cr2 arw "},
    Extensions{"image/heic", " heic heif "},
    Extensions{"video/quicktime", " mov qt ", false},
    Extensions{"audio/mp4", " m4a m4b mp4 ", false},
    Extensions{"video/mp4", " mp4 m4v m4a 3gp 3g2 mov ", false},
    Extensions{"audio/wav", " wav "},
    Extensions{"video/x-msvideo", " avi "},
    Extensions{"audio/mpeg", " mp3 ", false},
    Extensions{"audio/amr", " amr ", false},
    Extensions{"audio/silk", " silk slk aud amr ", false},
    Extensions{"audio/ogg", " ogg oga ogv opus "},
    Extensions{"audio/flac", " flac "},
    Extensions{"video/x-matroska", " mkv webm mka "},
    Extensions{"video/x-flv", " flv "},
    Extensions{kPdf, " pdf ", true},
    Extensions{kZip,
               " zip docx docm dotx xlsx xlsm xltx pptx pptm ppsx odt ods odp odg epub ofd jar apk "
               "ipa asice asics wps et dps vsdx kmz cbz hap ",
               false},
    Extensions{kGzip, " gz tgz svgz ", true},
    Extensions{"application/vnd.rar", " rar "},
    Extensions{"application/x-7z-compressed", " 7z "},
    Extensions{"application/x-xz", " xz txz "},
    Extensions{"application/x-ole-storage", " doc dot xls xlt ppt pps msg wps et dps msi vsd ",
               false},
    Extensions{"application/rtf", " rtf doc ", false},
    Extensions{"application/x-dosexec", " exe dll sys scr com ocx ", false},
    Extensions{
        kText,
        " txt text html htm xhtml xml json jsonl csv tsv md log eml mht mhtml svg yaml yml "
        "toml ini conf pem crt cer asc sql css js ts py c h cc cpp hpp java go rs sh bat ps1 "
        "srt vtt ics vcf tex rtf ",
        false},
};

// RIFF is more than one type: the four bytes at 8 alone say little.
bool fits(const Signature& signature, std::string_view head) {
  if (signature.offset == 8 && !head.starts_with("RIFF")) return false;
  return head.size() >= signature.offset &&
         head.substr(signature.offset).starts_with(signature.bytes);
}

bool is_text(std::string_view head) {
  if (head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff")) return true;
  return !head.empty() && std::ranges::all_of(head, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte != 0x7f) || (byte >= '\t' && byte <= '\r') || byte == 0x1b;
  });
}

std::string extension_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return extension;
}

bool lists(const Extensions& row, const std::string& extension) {
  return row.list.find(" " + extension + " ") != std::string_view::npos;
}

}  // namespace

std::string_view media_type_of(core::ByteView head) {
  const std::string_view text = core::as_text(head.first(std::min(head.size(), kHeadBytes)));
  for (const Signature& signature : kSignatures) {
    if (fits(signature, text)) return signature.media_type;
  }
  // ISO 32000-1 has it at the beginning; readers accept it within the first 1 024 bytes.
  if (text.substr(0, 1024).find("%PDF-") != std::string_view::npos) return kPdf;
  return is_text(text) ? kText : std::string_view();
}

v1::ExtensionFit compare_extension(std::string_view path, std::string_view media_type) {
  const std::string extension = extension_of(path);
  if (extension.empty() || extension.find(' ') != std::string::npos) {
    return v1::EXTENSION_FIT_UNKNOWN;
  }
  bool known = false;
  bool always = false;
  for (const Extensions& row : kExtensions) {
    if (!lists(row, extension)) continue;
    if (row.media_type == media_type) return v1::EXTENSION_FIT_YES;
    known = true;
    always = always || row.always;
  }
  // Bytes of no known type contradict only a name whose files all begin with a signature.
  if (!known || (media_type.empty() && !always)) return v1::EXTENSION_FIT_UNKNOWN;
  return v1::EXTENSION_FIT_NO;
}

}  // namespace heyan::contents
