{#
    A statement of PostgreSQL that makes a view read `new` where it reads `old`. Its
    grants, owner and options stay, for it is the same view; where it cannot be had from
    `new`, word for word, it stays as it is. Two models that one view reads may be
    swapped in at once, so one waits for the other.
#}
{% macro repoint_view(view, old, new) %}
    {%- set name = view.include(database=false) -%}
do $repoint$
declare
    options text;
    words text;
begin
    perform pg_advisory_xact_lock(hashtext('segment_stripe.repoint_view'));
    set local search_path = pg_catalog;
    select coalesce(' with (' || array_to_string(reloptions, ', ') || ')', '')
    into options
    from pg_class
    where oid = to_regclass('{{ name }}');
    words := replace(
        pg_get_viewdef(to_regclass('{{ name }}')),
        quote_ident('{{ old.identifier }}'),
        quote_ident('{{ new.identifier }}')
    );
    execute 'create or replace view {{ name }}' || options || ' as ' || words;
    if pg_get_viewdef(to_regclass('{{ name }}')) <> words then
        raise 'It would read something else.';
    end if;
exception
    when others then raise notice '%', sqlerrm;
end
$repoint$
{% endmacro %}
