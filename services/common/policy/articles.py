"""Every article that may be cited, as a constant; titles and summaries stand in data/articles.toml."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.policy.law import Article
from services.common.policy.shipped import shipped


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What docs/regulations.md prints about an article: our summary and the services that carry it out."""

    article: Article
    summary: str
    owner: str


def _rows() -> dict[str, ArticleRow]:
    rows: dict[str, ArticleRow] = {}
    data = shipped("articles.toml")
    for source in (*data["regulation"], *data["national"]):
        document = f"（{source['document']}）" if "document" in source else ""
        for row in source["article"]:
            article = Article(row["id"], f"{source['title']}{document}{row['place']}")
            owner = row.get("owner", source.get("owner", ""))
            rows[article.id] = ArticleRow(article, row["summary"], owner)
    return rows


ROWS: dict[str, ArticleRow] = _rows()
ARTICLES: dict[str, Article] = {key: row.article for key, row in ROWS.items()}

R1_1 = ARTICLES["R1.1"]
R1_2 = ARTICLES["R1.2"]
R1_3 = ARTICLES["R1.3"]
R1_4 = ARTICLES["R1.4"]
R1_5 = ARTICLES["R1.5"]
R1_6 = ARTICLES["R1.6"]
R1_7 = ARTICLES["R1.7"]
R1_8 = ARTICLES["R1.8"]
R1_9 = ARTICLES["R1.9"]
R1_10 = ARTICLES["R1.10"]
R1_11 = ARTICLES["R1.11"]

R2_1 = ARTICLES["R2.1"]
R2_2 = ARTICLES["R2.2"]
R2_3 = ARTICLES["R2.3"]
R2_4 = ARTICLES["R2.4"]

R3_1 = ARTICLES["R3.1"]
R3_2 = ARTICLES["R3.2"]
R3_3 = ARTICLES["R3.3"]
R3_4 = ARTICLES["R3.4"]
R3_5 = ARTICLES["R3.5"]
R3_6 = ARTICLES["R3.6"]
R3_7 = ARTICLES["R3.7"]
R3_8 = ARTICLES["R3.8"]
R3_9 = ARTICLES["R3.9"]
R3_10 = ARTICLES["R3.10"]
R3_11 = ARTICLES["R3.11"]
R3_12 = ARTICLES["R3.12"]
R3_13 = ARTICLES["R3.13"]

R4_1 = ARTICLES["R4.1"]
R4_2 = ARTICLES["R4.2"]
R4_3 = ARTICLES["R4.3"]
R4_4 = ARTICLES["R4.4"]
R4_5 = ARTICLES["R4.5"]
R4_6 = ARTICLES["R4.6"]
R4_7 = ARTICLES["R4.7"]
R4_8 = ARTICLES["R4.8"]
R4_9 = ARTICLES["R4.9"]
R4_10 = ARTICLES["R4.10"]

R5_1 = ARTICLES["R5.1"]
R5_2A = ARTICLES["R5.2a"]
R5_2B = ARTICLES["R5.2b"]
R5_2C = ARTICLES["R5.2c"]
R5_3A = ARTICLES["R5.3a"]
R5_3B = ARTICLES["R5.3b"]
R5_4 = ARTICLES["R5.4"]

R6_1 = ARTICLES["R6.1"]
R6_2 = ARTICLES["R6.2"]
R6_3 = ARTICLES["R6.3"]
R6_4 = ARTICLES["R6.4"]
R6_5 = ARTICLES["R6.5"]
R6_6 = ARTICLES["R6.6"]
R6_7 = ARTICLES["R6.7"]
R6_8 = ARTICLES["R6.8"]
R6_9 = ARTICLES["R6.9"]

R7_1 = ARTICLES["R7.1"]
R7_2 = ARTICLES["R7.2"]
R7_3 = ARTICLES["R7.3"]
R7_4 = ARTICLES["R7.4"]
R7_5 = ARTICLES["R7.5"]

R8_1 = ARTICLES["R8.1"]
R8_2 = ARTICLES["R8.2"]
R8_3 = ARTICLES["R8.3"]
R8_4 = ARTICLES["R8.4"]
R8_5 = ARTICLES["R8.5"]

R9_1 = ARTICLES["R9.1"]
R9_2 = ARTICLES["R9.2"]
R9_3 = ARTICLES["R9.3"]
R9_4 = ARTICLES["R9.4"]
R9_5 = ARTICLES["R9.5"]
R9_6 = ARTICLES["R9.6"]
R9_7 = ARTICLES["R9.7"]

R10_1 = ARTICLES["R10.1"]
R10_2 = ARTICLES["R10.2"]
R10_3 = ARTICLES["R10.3"]
R10_4 = ARTICLES["R10.4"]

DB_4 = ARTICLES["DB.4"]
DB_5 = ARTICLES["DB.5"]
DB_6 = ARTICLES["DB.6"]
DB_7 = ARTICLES["DB.7"]
DB_8 = ARTICLES["DB.8"]
DB_9 = ARTICLES["DB.9"]
DB_10 = ARTICLES["DB.10"]
DB_11 = ARTICLES["DB.11"]
DB_13 = ARTICLES["DB.13"]
DB_14 = ARTICLES["DB.14"]
DB_15 = ARTICLES["DB.15"]
DB_16 = ARTICLES["DB.16"]
DB_17 = ARTICLES["DB.17"]
DB_18 = ARTICLES["DB.18"]
DB_19 = ARTICLES["DB.19"]
DB_20 = ARTICLES["DB.20"]
DB_21 = ARTICLES["DB.21"]
DB_22 = ARTICLES["DB.22"]
DB_23 = ARTICLES["DB.23"]
DB_24 = ARTICLES["DB.24"]
DB_25 = ARTICLES["DB.25"]
DB_26 = ARTICLES["DB.26"]
DB_27 = ARTICLES["DB.27"]
DB_28 = ARTICLES["DB.28"]
DB_29 = ARTICLES["DB.29"]
DB_31 = ARTICLES["DB.31"]
DB_32 = ARTICLES["DB.32"]
DB_33 = ARTICLES["DB.33"]
DB_34 = ARTICLES["DB.34"]
DB_37 = ARTICLES["DB.37"]
DB_38 = ARTICLES["DB.38"]

INTERIM_9 = ARTICLES["INTERIM.9"]
INTERIM_13 = ARTICLES["INTERIM.13"]
INTERIM_45 = ARTICLES["INTERIM.45"]
INTERIM_48 = ARTICLES["INTERIM.48"]
INTERIM_68 = ARTICLES["INTERIM.68"]

TK_4 = ARTICLES["TK.4"]
TK_5 = ARTICLES["TK.5"]
TK_6 = ARTICLES["TK.6"]
TK_8 = ARTICLES["TK.8"]
TK_14 = ARTICLES["TK.14"]
TK_15 = ARTICLES["TK.15"]
TK_16 = ARTICLES["TK.16"]
TK_17 = ARTICLES["TK.17"]
TK_18 = ARTICLES["TK.18"]
TK_26 = ARTICLES["TK.26"]

GX_3 = ARTICLES["GX.3"]
GX_4 = ARTICLES["GX.4"]
GX_5 = ARTICLES["GX.5"]
GX_7 = ARTICLES["GX.7"]
GX_10 = ARTICLES["GX.10"]

CIVIL_201 = ARTICLES["CIVIL.201"]
CIVIL_202 = ARTICLES["CIVIL.202"]
CIVIL_203 = ARTICLES["CIVIL.203"]
CIVIL_1045 = ARTICLES["CIVIL.1045"]
CIVIL_1259 = ARTICLES["CIVIL.1259"]

NOTICE2022_1_1 = ARTICLES["NOTICE2022.1_1"]
NOTICE2022_1_3 = ARTICLES["NOTICE2022.1_3"]
NOTICE2022_1_4 = ARTICLES["NOTICE2022.1_4"]
NOTICE2022_4_1 = ARTICLES["NOTICE2022.4_1"]

NOTICE2023_5_1 = ARTICLES["NOTICE2023.5_1"]

HOLIDAYS_2 = ARTICLES["HOLIDAYS.2"]
HOLIDAYS_6 = ARTICLES["HOLIDAYS.6"]

HOLIDAY_NOTICE = ARTICLES["HOLIDAY_NOTICE"]

GB11643 = ARTICLES["GB11643"]

PIPL_6 = ARTICLES["PIPL.6"]
PIPL_28 = ARTICLES["PIPL.28"]
