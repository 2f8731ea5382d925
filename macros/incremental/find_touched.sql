{#
    The objects to compute again, as hashes in sync_touched: those of changed rows, and
    then, round by round, all that these name and that name them. Returns how many.
#}
{% macro find_touched(tables, last) %}
    {%- set touched = segment_stripe.sync_relation('sync_touched') -%}
    {%- set links = segment_stripe.sync_relation('sync_links') -%}
    {%- do segment_stripe.make_now(
        touched,
        'select distinct object_id, 0 as round from ('
        ~ segment_stripe.changed_objects(tables, last) | join(' union all ')
        ~ ') as changed'
    ) -%}
    {%- set rounds = namespace(reached=true) -%}
    {%- for round in range(1, 1000) if rounds.reached -%}
        {%- set frontier = '(select object_id from ' ~ touched ~ ' where round = ' ~ (round - 1) ~ ')' -%}
        {%- do segment_stripe.run_now(
            'insert into ' ~ touched ~ ' select reached.object_id, ' ~ round ~ ' from ('
            ~ 'select linked_id as object_id from ' ~ links ~ ' where object_id in ' ~ frontier
            ~ ' union select object_id from ' ~ links ~ ' where linked_id in ' ~ frontier
            ~ ') as reached left join ' ~ touched ~ ' as known'
            ~ ' on reached.object_id = known.object_id where known.object_id is null'
        ) -%}
        {%- set rounds.reached = run_query(
            'select 1 from ' ~ touched ~ ' where round = ' ~ round ~ ' limit 1'
        ).rows | length > 0 -%}
    {%- endfor -%}
    {{ return(run_query('select count(*) from ' ~ touched).rows[0][0]) }}
{% endmacro %}
