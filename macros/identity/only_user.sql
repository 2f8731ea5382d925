{# The user_id of a group, null where the group has several. #}
{% macro only_user() %}
    {{ return('case when count(distinct user_id) = 1 then min(user_id) end as user_id') }}
{% endmacro %}
