// A document with every kind of block, as long as a test wants it.
#pragma once

#include "verifier/core/bytes.h"
#include "verifier/report/document.h"

namespace heyan::pdf {

inline report::Spans plain(std::string text) {
  return {{std::move(text), report::Span::Kind::kPlain}};
}

inline report::Picture sample_picture() {
  using report::Shape;
  report::Picture picture{.description = "从文件到记录、区块和机构的路径：三家机构签名。",
                          .width = 480,
                          .height = 90,
                          .shapes = {}};
  for (int i = 0; i < 4; ++i) {
    const double x = 2 + 120.0 * i;
    picture.shapes.push_back({.kind = Shape::Kind::kBox,
                              .x = x,
                              .y = 20,
                              .to_x = x + 90,
                              .to_y = 60,
                              .dashed = i == 3,
                              .bold = i == 0,
                              .text = {}});
    picture.shapes.push_back({.kind = Shape::Kind::kText,
                              .x = x + 45,
                              .y = 44,
                              .anchor = Shape::Anchor::kMiddle,
                              .text = "区块 block"});
    if (i != 3) {
      picture.shapes.push_back({.kind = Shape::Kind::kArrow,
                                .x = x + 90,
                                .y = 40,
                                .to_x = x + 118,
                                .to_y = 40,
                                .text = {}});
    }
  }
  return picture;
}

inline report::Section sample_item(int number, const std::string& name) {
  using report::Block;
  using report::Paragraph;
  using report::Span;
  report::Section section{.id = "item-" + std::to_string(number), .new_page = false, .blocks = {}};
  auto& blocks = section.blocks;
  blocks.push_back(Block{report::Heading{2, plain("证据 " + std::to_string(number))}});
  blocks.push_back(Block{
      Paragraph{{{"[一致]", Span::Kind::kSymbol}, {" 核验一致"}}, Paragraph::Role::kVerdict}});
  blocks.push_back(Block{report::Fields{
      {{"名称", {{"“" + name + "”", Span::Kind::kTold}, {"（陈述）", Span::Kind::kDeclared}}},
       {"SHA-256", {{std::string(64, 'a'), Span::Kind::kCode}}},
       {"链上位置", plain("区块 7，交易 2")}}}});
  blocks.push_back(Block{report::Heading{3, plain("签名的机构 Witnesses")}});
  report::Table table{
      .caption = "",
      .columns = {"机构 Institution", "角色 Role", "签名 Signature", "计入 Counted"},
      .rows = {}};
  for (int i = 0; i < 3; ++i) {
    table.rows.push_back({plain("杭州互联网法院 Hangzhou Internet Court"),
                          plain("背书节点"),
                          {{"[通过]", Span::Kind::kSymbol}, {" 有效"}},
                          plain("计入")});
  }
  blocks.push_back(Block{table});
  blocks.push_back(Block{sample_picture()});
  blocks.push_back(Block{report::Heading{3, plain("原因和下一步 Reasons")}});
  blocks.push_back(Block{report::List{
      .numbered = true,
      .items = {{Block{Paragraph{{{"仅靠与当事人有关联的机构才达到数量。 ", Span::Kind::kStrong},
                                  {"QUORUM_DEPENDS_ON_INTERESTED_PARTY", Span::Kind::kTag}}}},
                 Block{Paragraph{plain("请补充与当事人无关联的机构的证明。"),
                                 Paragraph::Role::kNextStep}}},
                {Block{Paragraph{plain("A second reason, in the other language.")}}}}}});
  blocks.push_back(Block{report::Group{
      {Block{Paragraph{plain("本项证明什么：文件自上链时起没有任何字节变化。")}},
       Block{Paragraph{plain("不证明什么：上链之前的真实性。"), Paragraph::Role::kSmall}}}}});
  return section;
}

inline report::Document sample_document(int items, const std::string& name = "原创文章网页") {
  using report::Block;
  report::Document document;
  document.title = "区块链电子证据核验报告";
  document.number = "HY-ABCD-EFGH-2345-WXYZ";
  document.payload_digest = std::string(64, 'c');
  document.sections.push_back(
      {.id = "first",
       .new_page = false,
       .blocks = {Block{report::Heading{1, plain("区块链电子证据核验报告")}},
                  Block{report::Paragraph{plain("样例信任名单：本报告仅供演示，不得用于任何案件。"),
                                          report::Paragraph::Role::kNotice}},
                  Block{report::Fields{{{"报告编号", plain("HY-ABCD-EFGH-2345-WXYZ")},
                                        {"法院", plain("北京互联网法院")}}}}}});
  for (int i = 1; i <= items; ++i) document.sections.push_back(sample_item(i, name));
  return document;
}

}  // namespace heyan::pdf
