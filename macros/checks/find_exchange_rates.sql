{#
    The relation of the rates, if it is there; '' where it is a seed or model that is
    built first, none where nothing has this name.
#}
{% macro find_exchange_rates(name) %}
    {%- if not modules.re.match('[A-Za-z0-9_]+([.][A-Za-z0-9_]+){0,2}$', name) -%}
        {{ return(none) }}
    {%- endif -%}
    {%- if '.' in name -%} {{ return(segment_stripe.named_relation(name)) }} {%- endif -%}
    {%- for node in graph.nodes.values()
        if node.name == name and node.resource_type in ('seed', 'model', 'snapshot') -%}
        {%- set built = load_relation(api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.alias
        )) -%}
        {{ return(built or '') }}
    {%- endfor -%}
    {{ return(none) }}
{% endmacro %}
