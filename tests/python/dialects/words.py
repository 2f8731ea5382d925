"""Words of each warehouse: functions, types and names that it keeps for itself.

Functions are those that the models and tests use, each looked up in the warehouse's list
of functions; one that is not here is refused until somebody has looked it up.
Pages: docs.snowflake.com/en/sql-reference/functions-all, cloud.google.com/bigquery/docs/
reference/standard-sql/functions-all, docs.aws.amazon.com/redshift/latest/dg/
c_SQL_functions.html, docs.databricks.com/en/sql/language-manual/
sql-ref-functions-builtin-alpha.html, trino.io/docs/current/functions/list.html.
"""

# What stands before a parenthesis and is no function.
SYNTAX = set(
    "all and any as between by distinct else end exists filter from group having in "
    "interval is join like limit not on or order over partition select then union "
    "using values when where with within".split()
)
SHARED = set(
    "abs cast chr coalesce count dense_rank extract first_value floor greatest lag lead "
    "least lower max min mod nullif power rank regexp_replace replace round row_number "
    "sign substr substring sum trim upper".split()
)
FUNCTIONS = {
    "snowflake": SHARED
    | set(
        "convert_timezone date_trunc dateadd datediff dayofweekiso left md5 numeric "
        "number position split_part to_timestamp_ntz timestamp try_cast varchar".split()
    ),
    "bigquery": SHARED
    | set(
        "bignumeric date date_trunc datetime_add datetime_diff farm_fingerprint md5 "
        "safe_cast safe_offset split strpos timestamp_add timestamp_micros "
        "timestamp_trunc to_hex week".split()
    ),
    "redshift": SHARED
    | set(
        "date_trunc dateadd datediff left md5 numeric position split_part strpos "
        "varchar".split()
    ),
    "databricks": SHARED
    | set(
        "concat date_add date_trunc decimal from_utc_timestamp get length md5 numeric "
        "position regexp_extract split substr timestamp_seconds timestampadd "
        "timestampdiff to_date to_utc_timestamp current_timezone try_cast "
        "unix_micros".split()
    ),
    "trino": SHARED
    | set(
        "date_add date_diff date_trunc day decimal dow from_unixtime_nanos hour md5 "
        "minute month position second split_part strpos timestamp to_hex "
        "to_milliseconds to_utf8 try_cast with_timezone year".split()
    ),
}
for names in FUNCTIONS.values():
    names |= SYNTAX

TYPES = {
    "snowflake": set(
        "bigint boolean date int integer numeric number text timestamp "
        "timestamp_ntz varchar".split()
    ),
    "bigquery": set(
        "bignumeric bool boolean date datetime int64 string timestamp".split()
    )
    | {"bigint", "int", "integer"},
    "redshift": set(
        "bigint boolean date int integer numeric timestamp varchar".split()
    ),
    "databricks": set(
        "bigint boolean date decimal int integer numeric string timestamp".split()
    ),
    "trino": set("bigint boolean date decimal int integer timestamp varchar".split()),
}

# docs.snowflake.com/en/sql-reference/reserved-keywords
SNOWFLAKE = (
    "account all alter and any as between by case cast check column connect connection "
    "constraint create cross current current_date current_time current_timestamp "
    "current_user database delete distinct drop else exists false following for from "
    "full grant group gscluster having ilike in increment inner insert intersect into "
    "is issue join lateral left like localtime localtimestamp minus natural not null of "
    "on or order organization qualify regexp revoke right rlike row rows sample schema "
    "select set some start table tablesample then to trigger true try_cast union unique "
    "update using values view when whenever where with"
)
# cloud.google.com/bigquery/docs/reference/standard-sql/lexical#reserved_keywords
BIGQUERY = (
    "all and any array as asc assert_rows_modified at between by case cast collate "
    "contains create cross cube current default define desc distinct else end enum "
    "escape except exclude exists extract false fetch following for from full group "
    "grouping groups hash having if ignore in inner intersect interval into is join "
    "lateral left like limit lookup merge natural new no not null nulls of on or order "
    "outer over partition preceding proto qualify range recursive respect right rollup "
    "rows select set some struct tablesample then to treat true unbounded union unnest "
    "using when where window with within"
)
# docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html
REDSHIFT = (
    "aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization "
    "az64 backup between binary blanksasnull both bytedict bzip2 case cast check collate "
    "column constraint create credentials cross current_date current_time "
    "current_timestamp current_user current_user_id default deferrable deflate defrag "
    "delta delta32k desc disable distinct do else emptyasnull enable encode encrypt "
    "encryption end except explicit false for foreign freeze from full globaldict256 "
    "globaldict64k grant group gzip having identity ignore ilike in initially inner "
    "intersect interval into is isnull join leading left like limit localtime "
    "localtimestamp lun luns lzo lzop minus mostly16 mostly32 mostly8 natural new not "
    "notnull null nulls off offline offset oid old on only open or order outer overlaps "
    "parallel partition percent permissions pivot placing primary raw readratio recover "
    "references respect rejectlog resort restore right select session_user similar "
    "snapshot some sysdate system table tag tdes text255 text32k then timestamp to top "
    "trailing true truncatecolumns union unique unnest unpivot user using verbose wallet "
    "when where with without"
)
# docs.databricks.com/en/sql/language-manual/sql-ref-reserved-words.html, with ANSI on
DATABRICKS = (
    "anti cross except full inner intersect join lateral left minus natural null on "
    "right semi union using"
)
# trino.io/docs/current/language/reserved.html
TRINO = (
    "alter and as auto between by case cast constraint create cross cube current_catalog "
    "current_date current_path current_role current_schema current_time "
    "current_timestamp current_user deallocate delete describe distinct drop else end "
    "escape except execute exists extract false for from full group grouping having in "
    "inner insert intersect into is join json_array json_exists json_object json_query "
    "json_table json_value left like listagg localtime localtimestamp natural normalize "
    "not null on or order outer prepare recursive right rollup select skip table then "
    "trim true uescape union unnest using values when where with"
)
RESERVED = {
    "snowflake": set(SNOWFLAKE.split()),
    "bigquery": set(BIGQUERY.split()),
    "redshift": set(REDSHIFT.split()),
    "databricks": set(DATABRICKS.split()),
    "trino": set(TRINO.split()),
}
