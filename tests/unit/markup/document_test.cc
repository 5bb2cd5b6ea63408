#include "verifier/markup/document.h"

#include <gmock/gmock.h>

namespace heyan::markup {
namespace {

using Kind = Problem::Kind;
using testing::HasSubstr;

// What reading came to: "" where it was read, else why not.
std::string refused(std::string_view text, Kind kind, const ReadLimits& limits = {}) {
  const auto read = Document::read(core::as_bytes(text), limits);
  if (read) return "read";
  return read.error().kind == kind ? "as expected" : "otherwise: " + read.error().detail;
}
#define EXPECT_REFUSED(text, ...) EXPECT_EQ(refused(text, __VA_ARGS__), "as expected")

Document parse(std::string_view text) {
  auto read = Document::read(core::as_bytes(text));
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().detail);
  return std::move(read).value();
}

std::string utf16(std::u16string_view text, bool big) {
  std::string bytes;
  for (const char16_t c : text) {
    const auto high = static_cast<char>(c >> 8U);
    const auto low = static_cast<char>(c & 0xFFU);
    bytes += big ? std::string{high, low} : std::string{low, high};
  }
  return bytes;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string all;
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

TEST(Document, IsATreeOfNamesAttributesAndText) {
  const Document document = parse(
      "<?xml version='1.0' encoding='utf-8'?>\n<!-- c --><a:r xmlns:a='urn:a' xmlns='urn:d'>\n"
      "<b x='1' a:x='2&lt;'> o<![CDATA[n<]]>e &#x4e2d; <c/>!</b><b/></a:r>");
  const Element root = document.root();
  EXPECT_TRUE(root.is("urn:a", "r"));
  const Element b = root.child("urn:d", "b");
  EXPECT_EQ(b.text(), " on<e 中 !");
  EXPECT_EQ(b.value(), "on<e 中 !");
  EXPECT_EQ(b.attribute("", "x"), "1");
  EXPECT_EQ(b.attribute("urn:a", "x"), "2<");
  EXPECT_EQ(b.attribute("urn:b", "x"), std::nullopt);
  EXPECT_EQ(b.attributes().size(), 2U);
  EXPECT_EQ(b.line(), 3U);
  EXPECT_EQ(root.children().size(), 2U);
  EXPECT_EQ(b.first().parent(), b);
  EXPECT_EQ(b.next().path(), "/r/b[2]");
  EXPECT_EQ(b.first().path(), "/r/b[1]/c");
  EXPECT_EQ(b.first().space_of("a"), "urn:a");
  EXPECT_EQ(b.first().space_of("z"), std::nullopt);
  EXPECT_FALSE(root.child("urn:d", "z"));
  EXPECT_EQ(root.child("urn:d", "z").child("urn:d", "y").text(), "");
  std::string order;
  walk(root, [&](const Element& each) { order += each.name(); });
  EXPECT_EQ(order, "rbcb");
  order.clear();
  walk(b, [&](const Element& each) { order += each.name(); });
  EXPECT_EQ(order, "bc");
}

TEST(Document, IsReadInTheEncodingsThatXmlKnowsOnly) {
  const std::u16string wide = u"<?xml version='1.0' encoding='UTF-16'?><a>中😀</a>";
  EXPECT_EQ(parse("\xfe\xff" + utf16(wide, true)).root().text(), "中😀");
  EXPECT_EQ(parse("\xff\xfe" + utf16(wide, false)).root().text(), "中😀");
  EXPECT_EQ(parse("\xff\xfe" + utf16(u"<a/>", false)).root().name(), "a");
  EXPECT_EQ(parse("\xef\xbb\xbf<a/>").root().name(), "a");
  EXPECT_REFUSED(utf16(wide, true), Kind::kEncoding);  // without its mark
  EXPECT_REFUSED(utf16(wide, false), Kind::kEncoding);
  EXPECT_REFUSED("\xff\xfe" + utf16(wide, true), Kind::kNotWellFormed);  // the wrong mark
  EXPECT_REFUSED("\xff\xfe" + utf16(u"<a/>", false) + "x", Kind::kEncoding);
  EXPECT_REFUSED("\xff\xfe" + utf16(u"<a>\xd83d</a>", false), Kind::kEncoding);
  EXPECT_REFUSED("\xff\xfe" + utf16(u"<a>\xde00</a>", false), Kind::kEncoding);
  EXPECT_REFUSED("\xff\xfe" + utf16(u"<a/>\xd83d", false), Kind::kEncoding);
  EXPECT_REFUSED(std::string("\xff\xfe\0\0<\0\0\0", 8), Kind::kEncoding);  // UTF-32
  for (const std::string name :
       {"utf-16", "UTF-7", "GB18030", "iso-8859-1", "UTF-8 ", "utf8", ""}) {
    EXPECT_REFUSED("<?xml version='1.0' encoding='" + name + "'?><a/>", Kind::kEncoding);
  }
  EXPECT_REFUSED("\xff\xfe" + utf16(u"<?xml version='1.0' encoding='utf-8'?><a/>", false),
                 Kind::kEncoding);
  EXPECT_REFUSED("<a>\xd6\xd0</a>", Kind::kEncoding);  // GB18030
  EXPECT_REFUSED("<a>\xc0\xaf</a>", Kind::kEncoding);  // not the shortest form
  EXPECT_REFUSED(std::string("<a/>\0", 5), Kind::kEncoding);
  EXPECT_REFUSED(std::string("<a>\0</a>", 8), Kind::kEncoding);
  EXPECT_REFUSED("+ADw-a/+AD4-", Kind::kNotWellFormed);  // UTF-7
}

TEST(Document, RefusesADocumentTypeWhereverItHides) {
  const std::string type = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>";
  EXPECT_REFUSED(type + "<a>&e;</a>", Kind::kDoctype);
  EXPECT_REFUSED("<?xml version='1.0'?>\n<!-- > --> <?x <!- ?>" + type + "<a/>", Kind::kDoctype);
  EXPECT_REFUSED("<!DOCTYPE a><a/>", Kind::kDoctype);
  EXPECT_REFUSED("<!doctype a><a/>", Kind::kDoctype);
  EXPECT_REFUSED("<!ENTITY a ''><a/>", Kind::kDoctype);
  EXPECT_REFUSED("<a/>" + type, Kind::kDoctype);
  EXPECT_REFUSED("<a>" + type + "</a>", Kind::kDoctype);
  EXPECT_REFUSED("\xfe\xff" + utf16(u"<!DOCTYPE a><a/>", true), Kind::kDoctype);
  EXPECT_REFUSED("\xff\xfe" + utf16(u"<?xml version='1.0'?><!DOCTYPE a><a/>", false),
                 Kind::kDoctype);
  const auto said = Document::read(core::as_bytes("<!--\n-->\n<!DOCTYPE a><a/>"));
  EXPECT_EQ(said.error().line, 3U);
  // In text, it is text.
  EXPECT_EQ(parse("<a>&lt;!DOCTYPE a><![CDATA[<!DOCTYPE a>]]></a>").root().text(),
            "<!DOCTYPE a><!DOCTYPE a>");
}

TEST(Document, KnowsNoEntitiesButItsOwn) {
  EXPECT_EQ(parse("<a>&amp;&lt;&gt;&quot;&apos;&#65;</a>").root().text(), "&<>\"'A");
  EXPECT_REFUSED("<a>&nbsp;</a>", Kind::kNotWellFormed);
  EXPECT_REFUSED("<a b='&e;'/>", Kind::kNotWellFormed);
  EXPECT_REFUSED("<a>&#0;</a>", Kind::kNotWellFormed);
  EXPECT_REFUSED("<a>&#xFFFE;</a>", Kind::kNotWellFormed);
  EXPECT_REFUSED("<a>\x01</a>", Kind::kNotWellFormed);
}

TEST(Document, RefusesInclusion) {
  EXPECT_REFUSED(
      "<a xmlns:x='http://www.w3.org/2001/XInclude'><b><x:include href='b.xml'/></b></a>",
      Kind::kXInclude);
  EXPECT_REFUSED("<include xmlns='http://www.w3.org/2003/XInclude'/>", Kind::kXInclude);
}

TEST(Document, RefusesWhatIsNotWellFormed) {
  for (const std::string_view text : {"",
                                      " ",
                                      "text",
                                      "<a>",
                                      "<a></b>",
                                      "<a/><b/>",
                                      "<a/>x",
                                      "<a b='1' b='2'/>",
                                      "<a b=1/>",
                                      "<a b/>",
                                      "<a",
                                      "<a b='",
                                      "<!-- a",
                                      "<![CDATA[",
                                      "<?x",
                                      "<a><![CDATA[</a>",
                                      "<!-- -- --><a/>",
                                      "<a>]]></a>",
                                      "<p:a/>",
                                      "<a p:b='1'/>",
                                      "<a xmlns:p=''/>",
                                      "< a/>",
                                      "</a>",
                                      "<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>",
                                      "<?xml version='1.1'?><a/>",
                                      "<?xml encoding='utf-8'?><a/>",
                                      "<?xml version='1.0' standalone='maybe'?><a/>",
                                      "<?xml version='1.0' x='y'?><a/>",
                                      " <?xml version='1.0'?><a/>",
                                      "<?xml version='1.0'?><?xml version='1.0'?><a/>",
                                      "<?xml version='1.0'"}) {
    EXPECT_REFUSED(text, Kind::kNotWellFormed) << text;
  }
  const auto said = Document::read(core::as_bytes("<a>\n<b>\n</c></a>"));
  EXPECT_EQ(said.error().line, 3U);
  EXPECT_THAT(said.error().detail, HasSubstr("mismatch"));
}

TEST(Document, ShowsWhatAMessageOfTheParserQuotes) {
  const auto said = Document::read(core::as_bytes("<a>&\xe2\x80\xae\x1b[31m;</a>"));
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().detail.find('\x1b'), std::string::npos);
}

TEST(Document, BoundsEverything) {
  const ReadLimits few = {.bytes = 1'000,
                          .depth = 3,
                          .elements = 5,
                          .attributes = 2,
                          .namespaces = 2,
                          .tag_bytes = 50,
                          .text_bytes = 100};
  const auto read = [&](std::string_view text) {
    return Document::read(core::as_bytes(text), few).has_value();
  };
  EXPECT_TRUE(read("<a><a><a/></a></a>"));
  EXPECT_REFUSED("<a><a><a><a/></a></a></a>", Kind::kLimit, few);
  EXPECT_TRUE(read("<a><b/><b/><b/><b/></a>"));
  EXPECT_REFUSED("<a><b/><b/><b/><b/><b/></a>", Kind::kLimit, few);
  EXPECT_REFUSED("<a><!----><?b?><!----><![CDATA[]]><b/></a>", Kind::kLimit, few);
  EXPECT_TRUE(read("<a b='1' c='>'/>"));
  EXPECT_REFUSED("<a b='1' c='>' d='2'/>", Kind::kLimit, few);
  EXPECT_REFUSED("<a><b xmlns:p='u' xmlns='v'/><b xmlns='w'/></a>", Kind::kLimit, few);
  EXPECT_REFUSED("<a b='" + std::string(60, 'x') + "'/>", Kind::kLimit, few);
  EXPECT_REFUSED("<!--" + std::string(60, 'x') + "--><a/>", Kind::kLimit, few);
  EXPECT_REFUSED("<a></a" + std::string(60, ' ') + ">", Kind::kLimit, few);
  EXPECT_TRUE(read("<a>" + std::string(100, 'x') + "</a>"));
  EXPECT_REFUSED("<a>" + std::string(101, 'x') + "</a>", Kind::kLimit, few);
  EXPECT_REFUSED("<a><![CDATA[" + std::string(101, 'x') + "]]></a>", Kind::kLimit, few);
  EXPECT_REFUSED("<a/>" + std::string(997, ' '), Kind::kLimit, few);
}

// Within the time that a test may take at all: quadratic work on any of them would take hours.
TEST(Document, RefusesBombs) {
  EXPECT_REFUSED("<a " + repeated("x='' ", 4'000'000) + "/>", Kind::kLimit);
  EXPECT_REFUSED("<a " + repeated("xxxxxxxxxxxxxx ", 1'000'000) + "/>", Kind::kLimit);
  EXPECT_REFUSED(repeated("<a>", 10'000'000), Kind::kLimit);
  EXPECT_REFUSED("<a>" + repeated("<b/>", 10'000'000) + "</a>", Kind::kLimit);
  EXPECT_REFUSED("<a>" + repeated("</a>", 10'000'000), Kind::kNotWellFormed);
  EXPECT_REFUSED(std::string(65u << 20, '<'), Kind::kLimit);
  EXPECT_REFUSED("<" + std::string(60u << 20, 'a') + "/>", Kind::kLimit);
}

}  // namespace
}  // namespace heyan::markup
